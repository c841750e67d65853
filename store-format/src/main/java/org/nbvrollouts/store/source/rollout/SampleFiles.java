package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.io.InputFile;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.rollout.RolloutSourceManifest.SourceFile;

/**
 * The sample files of a source by the position of their rows. Footers are read when a row of their
 * file is asked for, each once however many threads ask, and the least recently used leave first. A
 * footer in use stays alive with its user after it left. Thread-safe.
 */
final class SampleFiles {
  private final Path directory;
  private final List<SourceFile> files;

  /** Position of the first row of each file, and behind the last one the number of all rows. */
  private final long[] starts;

  private final Function<Path, InputFile> inputs;
  private final long mostRowsHeld;
  private final LinkedHashMap<Integer, Footer> held = new LinkedHashMap<>(16, 0.75f, true);
  private long heldRows;

  /**
   * @param files sample files in row order
   * @param mostRowsHeld rows of the files whose footers are kept
   */
  SampleFiles(
      Path directory, List<SourceFile> files, Function<Path, InputFile> inputs, long mostRowsHeld) {
    this.directory = directory;
    // An empty file would share its start with the one behind it.
    this.files = files.stream().filter(file -> file.rows() > 0).toList();
    this.inputs = inputs;
    this.mostRowsHeld = mostRowsHeld;
    this.starts = new long[this.files.size() + 1];
    for (int i = 0; i < this.files.size(); i++) {
      starts[i + 1] = starts[i] + this.files.get(i).rows();
    }
  }

  /** Rows of all files. */
  long rows() {
    return starts[files.size()];
  }

  /**
   * The row at a position of the source.
   *
   * @param position from 0, less than {@link #rows}
   * @throws org.nbvrollouts.store.error.RefusedInputException if its file is not the one of the
   *     manifest or the row cannot be read
   */
  SampleIndex.Entry entry(long position) {
    int found = Arrays.binarySearch(starts, position);
    int number = found >= 0 ? found : -found - 2;
    SampleFileReader file = footer(number).reader();
    InputProblems problems = new InputProblems();
    var entry = SampleScan.readRow(file, (int) (position - starts[number]), problems);
    problems.refuseIfAny();
    return entry.orElseThrow();
  }

  private synchronized Footer footer(int number) {
    Footer footer = held.get(number);
    if (footer == null) {
      footer = new Footer(files.get(number));
      held.put(number, footer);
      heldRows += footer.file.rows();
      evict();
    }
    return footer;
  }

  /** The newest stays even if it alone has more rows. */
  private void evict() {
    Iterator<Map.Entry<Integer, Footer>> eldest = held.entrySet().iterator();
    while (heldRows > mostRowsHeld && held.size() > 1) {
      heldRows -= eldest.next().getValue().file.rows();
      eldest.remove();
    }
  }

  /** The footer of one file; what could not be read is tried again by the next who asks. */
  private final class Footer {
    private final SourceFile file;
    private SampleFileReader reader;

    Footer(SourceFile file) {
      this.file = file;
    }

    synchronized SampleFileReader reader() {
      if (reader == null) {
        InputProblems problems = new InputProblems();
        SampleScan.checkSize(directory, file, problems);
        problems.refuseIfAny();
        Path path = directory.resolve(file.path());
        SampleFileReader opened = SampleFileReader.open(inputs.apply(path), path.toString());
        SampleScan.checkRows(opened, file.rows(), path, problems);
        problems.refuseIfAny();
        reader = opened;
      }
      return reader;
    }
  }
}
