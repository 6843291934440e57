package ref;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.utilities.npm.NpmPackage;

/**
 * HL7's validator as HAPI ships it, over the packages that the command line names.
 *
 * <pre>java -cp hapi-ref.jar ref.Validate -d package.tgz -d folder [--lenient]</pre>
 *
 * Reads a file name per line from standard input. Writes a JSON line per issue (file, severity,
 * location, id, message) and then one with {@code done}: the milliseconds that it took. Extensions
 * and profiles that no package defines are errors; {@code --lenient} lets unknown extensions pass.
 * Terminology that no package holds in full cannot be decided here: see {@link Undecided}.
 */
public final class Validate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Validate() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err); // the validator itself prints now and then
        List<Path> packages = new ArrayList<>();
        boolean strict = true;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "-d" -> packages.add(Path.of(args[++i]));
                case "--lenient" -> strict = false;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        FhirValidator validator = validator(packages, strict);
        tell(out, Map.of("ready", true));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = in.readLine(); file != null; file = in.readLine()) {
            long start = System.nanoTime();
            for (SingleValidationMessage message : judge(validator, file)) {
                tell(out, line(file, message));
            }
            tell(out, Map.of("done", file, "ms", (System.nanoTime() - start) / 1_000_000));
        }
    }

    private static List<SingleValidationMessage> judge(FhirValidator validator, String file) throws IOException {
        String text = Files.readString(Path.of(file));
        try {
            return validator.validateWithResult(text).getMessages();
        } catch (RuntimeException e) { // no JSON, no resource: a verdict, not the end of the session
            SingleValidationMessage message = new SingleValidationMessage();
            message.setSeverity(ResultSeverityEnum.FATAL);
            message.setMessage(e.toString());
            return List.of(message);
        }
    }

    private static Map<String, Object> line(String file, SingleValidationMessage message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", file);
        line.put("severity", message.getSeverity().getCode());
        line.put("location", message.getLocationString());
        line.put("id", message.getMessageId());
        line.put("message", message.getMessage());
        return line;
    }

    private static void tell(PrintStream out, Map<String, Object> line) throws IOException {
        out.println(JSON.writeValueAsString(line));
        out.flush();
    }

    private static FhirValidator validator(List<Path> packages, boolean strict) throws IOException {
        FhirContext fhir = FhirContext.forR4();
        fhir.setParserErrorHandler(new LenientErrorHandler(false));
        PrePopulatedValidationSupport own = new PrePopulatedValidationSupport(fhir);
        for (Path place : packages) {
            load(fhir, place, own);
        }
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(fhir);
        unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
        ValidationSupportChain chain = new ValidationSupportChain(
                own,
                new DefaultProfileValidationSupport(fhir),
                new Undecided(fhir), // first: the next calls a Dutch language code wrong in a list that only advises
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir),
                new SnapshotGeneratingValidationSupport(fhir),
                unknown);
        // Two codings of which one is in the value set: FHIR asks no more than that.
        chain.setCodeableConceptValidationSuccessfulIfNotAllCodingsAreValid(true);
        FhirInstanceValidator module = new FhirInstanceValidator(chain);
        module.setErrorForUnknownProfiles(true);
        module.setAnyExtensionsAllowed(!strict);
        return fhir.newValidator().registerValidatorModule(module);
    }

    /** Definitions of a folder of JSON files or of a package (`.tgz`). */
    private static void load(FhirContext fhir, Path place, PrePopulatedValidationSupport into) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.filter(Validate::isResource).sorted().toList()) {
                    add(fhir, Files.readString(file), into);
                }
            }
            return;
        }
        try (InputStream in = Files.newInputStream(place)) {
            NpmPackage content = NpmPackage.fromPackage(in);
            for (String name : content.listResources("StructureDefinition", "ValueSet", "CodeSystem")) {
                try (InputStream resource = content.loadResource(name)) {
                    add(fhir, new String(resource.readAllBytes(), StandardCharsets.UTF_8), into);
                }
            }
        }
    }

    private static boolean isResource(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.startsWith(".") && !name.equals("package.json");
    }

    private static void add(FhirContext fhir, String text, PrePopulatedValidationSupport into) {
        IBaseResource resource = fhir.newJsonParser().parseResource(text);
        switch (fhir.getResourceType(resource)) {
            case "StructureDefinition" -> into.addStructureDefinition(resource);
            case "ValueSet" -> into.addValueSet(resource);
            case "CodeSystem" -> into.addCodeSystem(resource);
            default -> { } // examples, search parameters, the guide: no rule of theirs is checked here
        }
    }
}
