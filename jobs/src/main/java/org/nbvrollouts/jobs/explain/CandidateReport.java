package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;

/**
 * Everything that is said about one candidate, for people and as JSON.
 *
 * @param sentence why it is valid or not, and what its gain comes from
 * @param identity which candidate it is, in one line
 * @param keyNumbers the numbers behind the sentence, a few short lines
 * @param before sections up to the rules
 * @param rules what the rules measured, in evaluation order
 * @param after sections after the rules
 */
public record CandidateReport(
    String sentence,
    String identity,
    List<String> keyNumbers,
    List<Section> before,
    List<RuleMeasurement> rules,
    List<Section> after) {

  public CandidateReport {
    keyNumbers = List.copyOf(keyNumbers);
    before = List.copyOf(before);
    rules = List.copyOf(rules);
    after = List.copyOf(after);
  }

  /** The report of a candidate. */
  public static CandidateReport of(CandidateCase candidate) {
    List<Section> after = new ArrayList<>(new JudgementSections(candidate).sections());
    after.addAll(new ScoreSections(candidate).sections());
    return new CandidateReport(
        Verdict.of(candidate),
        KeyNumbers.identity(candidate),
        KeyNumbers.lines(candidate),
        new OriginSections(candidate).sections(),
        candidate.why().rules(),
        after);
  }

  /** Columns of which the store holds something else than what generation gives. */
  public List<String> differences() {
    return facts().stream().filter(Fact::differs).map(Fact::key).toList();
  }

  /** Number of facts that were compared with the store. */
  long compared() {
    return facts().stream().filter(fact -> fact.stored().isPresent()).count();
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    before.forEach(section -> facts.addAll(section.facts()));
    after.forEach(section -> facts.addAll(section.facts()));
    return facts;
  }

  /** As JSON values; numbers that are not finite are null. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sentence", sentence);
    json.put("compared", compared());
    json.put("differences", differences());
    before.forEach(section -> json.put(section.key(), section.toJson()));
    json.put("rules", rules.stream().map(CandidateReport::rule).toList());
    after.forEach(section -> json.put(section.key(), section.toJson()));
    return json;
  }

  private static Map<String, Object> rule(RuleMeasurement rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", rule.rule());
    json.put("reason", rule.reason().name());
    json.put("quantity", rule.quantity().name().toLowerCase(Locale.ROOT));
    json.put("unit", rule.unit());
    json.put("measured", Numbers.json(rule.measured()));
    json.put("bound", rule.bound().sign());
    json.put("threshold", Numbers.json(rule.threshold()));
    json.put("answer", rule.answer().name().toLowerCase(Locale.ROOT));
    json.put("holds", rule.holds());
    return json;
  }
}
