package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.scalableminds.bloscjava.Blosc;
import dev.zarr.zarrjava.ZarrException;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestBloscContainer {
  private static final long SEED = 7;

  /** Bytes that compress: a slow ramp with some noise. */
  private static byte[] ramp(int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i / 64 + random.nextInt(2));
    }
    return bytes;
  }

  private static boolean hasNativeBlosc() {
    try {
      return Blosc.compress(new byte[8], 1).length > 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void chunksOfAnyLengthComeBack(int typeSize) throws ZarrException {
    for (int count : new int[] {0, 1, 7, 8, 9, 64, 1000, 4096}) {
      byte[] bytes = ramp(count * typeSize);
      assertThat(BloscContainer.decode(BloscContainer.encode(bytes, typeSize, 5), bytes.length))
          .as("seed %d, %d elements", SEED, count)
          .isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void nativeBloscReadsOursAndWeReadIts(int typeSize) throws ZarrException {
    assumeTrue(hasNativeBlosc(), "no native Blosc for this platform");
    for (int count : new int[] {8, 1000, 1003, 300_000}) {
      byte[] bytes = ramp(count * typeSize);
      assertThat(Blosc.decompress(BloscContainer.encode(bytes, typeSize, 5)))
          .as("ours, %d elements", count)
          .isEqualTo(bytes);
      for (Blosc.Shuffle shuffle : Blosc.Shuffle.values()) {
        for (Blosc.Compressor inner :
            new Blosc.Compressor[] {Blosc.Compressor.ZSTD, Blosc.Compressor.LZ4}) {
          byte[] foreign = Blosc.compress(bytes, typeSize, inner, 5, shuffle);
          assertThat(BloscContainer.decode(foreign, bytes.length))
              .as("%s %s, %d elements", inner, shuffle, count)
              .isEqualTo(bytes);
        }
      }
    }
  }

  @Test
  void chunksOfTheLibraryAreReadWithoutIt() throws ZarrException {
    byte[] content = ForeignChunks.content();
    for (Map.Entry<String, byte[]> chunk : ForeignChunks.all().entrySet()) {
      assertThat(BloscContainer.decode(chunk.getValue(), content.length))
          .as(chunk.getKey())
          .isEqualTo(content);
    }
  }

  /** No single changed bit of any inner codec does anything but change elements or be refused. */
  @Test
  void damagedChunksOfTheLibraryAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] content = ForeignChunks.content();
    for (byte[] chunk : ForeignChunks.all().values()) {
      for (int i = 0; i < 500; i++) {
        byte[] damaged = chunk.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(BloscContainer.decode(damaged, content.length))
              .as("seed %d", SEED)
              .isNotNull();
        } catch (ZarrException e) {
          assertThat(e.getMessage()).containsAnyOf("Blosc", "LZ", "zlib", "zstd", "Zstd");
        }
      }
    }
  }

  @Test
  void damagedChunksAreRefused() {
    byte[] chunk = BloscContainer.encode(ramp(4096), 2, 5);
    byte[] shorter = java.util.Arrays.copyOf(chunk, chunk.length - 3);

    assertThatThrownBy(() -> BloscContainer.decode(new byte[7], 10))
        .isInstanceOf(ZarrException.class)
        .hasMessage("Blosc chunk of 7 bytes has no header");
    assertThatThrownBy(() -> BloscContainer.decode(shorter, 4096))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("Blosc header says 4096 bytes of elements in");
    assertThatThrownBy(() -> BloscContainer.decode(chunk, 100))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("(expected at most 100 in");
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = chunk.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(BloscContainer.decode(damaged, 4096)).as("seed %d", SEED).isNotNull();
      } catch (ZarrException e) {
        assertThat(e.getMessage()).containsAnyOf("Blosc", "zstd", "Zstd");
      }
    }
  }
}
