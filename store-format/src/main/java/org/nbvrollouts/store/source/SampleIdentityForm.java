package org.nbvrollouts.store.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.nbvrollouts.store.spill.SpilledSort;

/** Identities in a temporary file. */
public final class SampleIdentityForm implements SpilledSort.Form<SampleIdentity> {
  @Override
  public void write(SampleIdentity value, DataOutput out) throws IOException {
    out.writeLong(value.sampleIndex());
    writeText(value.sampleKey(), out);
    writeText(value.sceneId(), out);
    writeText(value.snippetId(), out);
    writeText(value.split(), out);
    writeText(value.sourceShardId(), out);
    out.writeLong(value.sourceShardRow());
  }

  @Override
  public SampleIdentity read(DataInput in) throws IOException {
    return new SampleIdentity(
        in.readLong(),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        in.readLong());
  }

  private static void writeText(String text, DataOutput out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInput in) throws IOException {
    byte[] utf8 = new byte[in.readInt()];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
