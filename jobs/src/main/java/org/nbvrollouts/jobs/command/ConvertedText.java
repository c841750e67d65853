package org.nbvrollouts.jobs.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.pack.ConvertedStore;

/** What a conversion tells. */
record ConvertedText(Console console, boolean json) {
  void print(String verb, ConvertedStore store) {
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("store", store.place().toString());
      report.put("files", store.files());
      report.put("bytes", store.bytes());
      report.put("data_sha256", store.dataSha256());
      console.print(CanonicalJson.pretty(report));
      return;
    }
    console.print(
        "%s into %s: %s, %s, read back"
            .formatted(
                verb,
                store.place(),
                Count.of(store.files(), "file"),
                Count.of(store.bytes(), "byte")));
    console.print("data_sha256 " + store.dataSha256() + ", as before");
  }
}
