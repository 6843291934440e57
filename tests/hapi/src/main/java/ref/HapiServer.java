package ref;

import ca.uhn.fhir.batch2.jobs.bulkmodify.reindex.ReindexProvider;
import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.ClientIdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.StoreMetaSourceInformationEnum;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binary.api.IBinaryStorageSvc;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.DiffProvider;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.TerminologyUploaderProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.match.config.SubscriptionProcessorConfig;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * A HAPI FHIR JPA server (R4) in memory, with the settings that HAPI's own starter project ships.
 *
 * <p>Options are system properties {@code hapi.x} or environment variables {@code HAPI_X}. The one
 * line {@code READY http://127.0.0.1:port/fhir} on standard output says that requests are welcome.
 */
@Configuration
@Import({
    JpaR4Config.class, HapiJpaConfig.class, JpaBatch2Config.class, Batch2JobsConfig.class,
    SubscriptionSubmitterConfig.class, SubscriptionProcessorConfig.class,
    SubscriptionChannelConfig.class, ThreadPoolFactoryConfig.class
})
public class HapiServer {

    private static final String DEFAULT_DB = "jdbc:h2:mem:hapi;DB_CLOSE_DELAY=-1"; // else lost with the last connection

    public static void main(String[] args) throws Exception {
        if (flag("until_stdin_closes", false)) {
            endWithCaller();
        }
        var spring = new AnnotationConfigApplicationContext(HapiServer.class);
        var jetty = new Server();
        var connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(option("port", "8080")));
        jetty.addConnector(connector);
        var root = new ServletContextHandler("/");
        root.addServlet(new ServletHolder(fhirServlet(spring)), "/fhir/*");
        jetty.setHandler(root);
        jetty.setStopAtShutdown(true);
        jetty.start();
        System.out.println("READY http://127.0.0.1:" + connector.getLocalPort() + "/fhir");
        jetty.join();
    }

    /** A caller that was killed cannot stop its server; its end of the pipe closes all the same. */
    private static void endWithCaller() {
        var watch = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException broken) {
                // as good as closed
            }
            System.exit(0);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static String option(String name, String otherwise) {
        String set = System.getProperty("hapi." + name, System.getenv("HAPI_" + name.toUpperCase()));
        return set == null || set.isEmpty() ? otherwise : set;
    }

    private static boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(option(name, String.valueOf(otherwise)));
    }

    private static RestfulServer fhirServlet(AnnotationConfigApplicationContext spring) {
        var fhir = spring.getBean(FhirContext.class);
        fhir.setNarrativeGenerator(new NullNarrativeGenerator());
        var server = new RestfulServer(fhir);
        server.registerProviders(spring.getBean(ResourceProviderFactory.class).createProviders());
        server.registerProviders(
            spring.getBean(IJpaSystemProvider.class), spring.getBean(DiffProvider.class),
            spring.getBean(ValueSetOperationProvider.class),
            spring.getBean(TerminologyUploaderProvider.class), spring.getBean(ReindexProvider.class));
        server.setServerConformanceProvider(new JpaCapabilityStatementProvider(
            server, spring.getBean(IFhirSystemDao.class), spring.getBean(JpaStorageSettings.class),
            spring.getBean(ISearchParamRegistry.class), spring.getBean(IValidationSupport.class)));
        server.setPagingProvider(spring.getBean(DatabaseBackedPagingProvider.class));
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setDefaultPrettyPrint(true);
        server.registerInterceptor(new ResponseHighlighterInterceptor());
        return server;
    }

    @Bean
    public JpaStorageSettings storageSettings() {
        var s = new JpaStorageSettings();
        boolean integrity = flag("referential_integrity", true);
        s.setEnforceReferentialIntegrityOnWrite(integrity);
        s.setEnforceReferentialIntegrityOnDelete(integrity);
        s.setAllowExternalReferences(flag("allow_external_references", false));
        s.setAutoCreatePlaceholderReferenceTargets(flag("placeholder_targets", false));
        s.setAllowMultipleDelete(flag("multiple_delete", false));
        long reuse = Long.parseLong(option("reuse_search_millis", "60000"));
        s.setReuseCachedSearchResultsForMillis(reuse == 0 ? null : reuse);
        s.setExpireSearchResultsAfterMillis(Long.parseLong(option("retain_search_minutes", "60")) * 60_000);
        s.setStoreMetaSourceInformation(StoreMetaSourceInformationEnum.valueOf(option("meta_source", "NONE")));
        s.setResourceClientIdStrategy(ClientIdStrategyEnum.valueOf(option("client_id", "ALPHANUMERIC")));
        s.setSchedulingDisabled(!flag("scheduling", true));
        s.setExpungeEnabled(true);
        s.setFilterParameterEnabled(true);
        s.setAllowContainsSearches(true);
        s.setSearchPreFetchThresholds(List.of(13, 503, 2003, -1));
        s.setTreatReferencesAsLogical(Set.of(
            "http://terminology.hl7.org/*", "https://terminology.hl7.org/*", "http://snomed.info/*",
            "https://snomed.info/*", "http://unitsofmeasure.org/*", "https://unitsofmeasure.org/*",
            "http://loinc.org/*", "https://loinc.org/*"));
        return s;
    }

    @Bean
    public PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    public SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }

    @Bean
    public IEmailSender emailSender() {
        return details -> { }; // SubscriptionProcessorConfig does not start without one
    }

    @Bean
    public IBinaryStorageSvc binaryStorage() {
        return new DatabaseBinaryContentStorageSvcImpl();
    }

    @Bean
    public DataSource dataSource() {
        var pool = new BasicDataSource();
        pool.setUrl(option("jdbc_url", DEFAULT_DB));
        pool.setUsername("sa");
        pool.setPassword("");
        pool.setMaxTotal(10);
        return pool;
    }

    @Bean
    @Primary
    public LocalContainerEntityManagerFactoryBean entityManagerFactory(
            ConfigurableListableBeanFactory beans, FhirContext fhir, JpaStorageSettings settings, DataSource source) {
        var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
        var jpa = new Properties();
        jpa.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
        jpa.put("hibernate.hbm2ddl.auto", "update"); // creates the schema
        jpa.put("hibernate.search.enabled", "false");
        jpa.put("hibernate.jdbc.batch_size", "20");
        factory.setPersistenceUnitName("HAPI_PU");
        factory.setDataSource(source);
        factory.setJpaProperties(jpa);
        return factory;
    }

    @Bean
    @Primary
    public JpaTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }
}
