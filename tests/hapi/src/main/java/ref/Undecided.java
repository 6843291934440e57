package ref;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/**
 * Tells "this code is not in the value set" from "nobody here can know".
 *
 * A value set that takes in a system of which no package has the codes (all of SNOMED CT, of ICPC)
 * cannot be expanded, and the validator calls every code of it wrong. Here each include is judged for
 * the system of the coding: listed codes decide, complete code systems are left to the next support,
 * anything else is accepted with a warning that begins with UNDECIDED.
 */
final class Undecided implements IValidationSupport {
    /** Ordered: of several includes the best answer counts, of nested value sets in one the worst. */
    private enum Answer { NO, UNKNOWN, DEFER, YES }

    /** HAPI knows the codes of these without a list: media types, languages, units, money, countries. */
    private static final Set<String> BY_RULE = Set.of(
            "urn:ietf:bcp:13", "urn:ietf:bcp:47", "http://unitsofmeasure.org", "urn:iso:std:iso:4217", "urn:iso:std:iso:3166");

    private final FhirContext fhir;

    Undecided(FhirContext fhir) {
        this.fhir = fhir;
    }

    @Override
    public FhirContext getFhirContext() {
        return fhir;
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext context, String url) {
        return context.getRootValidationSupport().fetchValueSet(url) != null;
    }

    @Override
    public CodeValidationResult validateCode(
            ValidationSupportContext context, ConceptValidationOptions options,
            String system, String code, String display, String valueSetUrl) {
        IBaseResource found = valueSetUrl == null || valueSetUrl.isBlank()
                ? null
                : context.getRootValidationSupport().fetchValueSet(valueSetUrl);
        return found == null ? null : validateCodeInValueSet(context, options, system, code, display, found);
    }

    @Override
    public CodeValidationResult validateCodeInValueSet(
            ValidationSupportContext context, ConceptValidationOptions options,
            String system, String code, String display, IBaseResource valueSet) {
        if (!(valueSet instanceof ValueSet set) || system == null || system.isBlank() || !set.hasCompose()) {
            return null;
        }
        return switch (judge(context, set, system, code)) {
            case DEFER -> null;
            case YES -> accepted(code, display);
            case NO -> new CodeValidationResult()
                    .setSeverity(IssueSeverity.ERROR)
                    .setMessage("The code " + system + "#" + code + " is not in the value set " + set.getUrl());
            case UNKNOWN -> undecided(system, code, display, set.getUrl());
        };
    }

    private static CodeValidationResult accepted(String code, String display) {
        return new CodeValidationResult().setCode(code).setDisplay(display);
    }

    private static CodeValidationResult undecided(String system, String code, String display, String url) {
        String text = "UNDECIDED: " + system + "#" + code + " in " + url;
        return accepted(code, display)
                .setSeverity(IssueSeverity.WARNING)
                .setMessage(text)
                .addIssue(new CodeValidationIssue(
                        text, IssueSeverity.WARNING, CodeValidationIssueCode.NOT_FOUND, CodeValidationIssueCoding.NOT_FOUND));
    }

    private Answer judge(ValidationSupportContext context, ValueSet set, String system, String code) {
        for (ConceptSetComponent out : set.getCompose().getExclude()) {
            if (system.equals(out.getSystem()) && lists(out, code)) {
                return Answer.NO;
            }
        }
        Answer best = Answer.NO;
        for (ConceptSetComponent in : set.getCompose().getInclude()) {
            Answer answer = judge(context, in, system, code);
            if (answer.compareTo(best) > 0) {
                best = answer;
            }
        }
        return best;
    }

    private Answer judge(ValidationSupportContext context, ConceptSetComponent in, String system, String code) {
        Answer answer = !in.hasSystem() ? Answer.YES
                : !system.equals(in.getSystem()) ? Answer.NO
                : in.hasConcept() ? (lists(in, code) ? Answer.YES : Answer.NO)
                : BY_RULE.contains(system) ? Answer.DEFER
                : !(fetch(context, system) instanceof CodeSystem all && isComplete(all)) ? Answer.UNKNOWN
                : in.hasFilter() ? Answer.DEFER
                : has(all.getConcept(), code) ? Answer.YES : Answer.NO;
        for (CanonicalType nested : in.getValueSet()) {
            IBaseResource found = context.getRootValidationSupport().fetchValueSet(nested.getValue());
            Answer inner = found instanceof ValueSet set ? judge(context, set, system, code) : Answer.UNKNOWN;
            if (inner.compareTo(answer) < 0) {
                answer = inner;
            }
        }
        return answer;
    }

    private static boolean lists(ConceptSetComponent part, String code) {
        return part.getConcept().stream().anyMatch(concept -> concept.getCode().equals(code));
    }

    private static IBaseResource fetch(ValidationSupportContext context, String system) {
        return context.getRootValidationSupport().fetchCodeSystem(system);
    }

    private static boolean isComplete(CodeSystem system) {
        return system.getContent() == CodeSystemContentMode.COMPLETE;
    }

    private static boolean has(List<ConceptDefinitionComponent> concepts, String code) {
        return concepts.stream().anyMatch(one -> one.getCode().equals(code) || has(one.getConcept(), code));
    }
}
