package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.scalableminds.bloscjava.Blosc;
import dev.zarr.zarrjava.ZarrException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our Blosc reads every chunk of the native library, and the native library ours, whatever is in
 * them. The native library is here for this test alone.
 */
class TestBloscPlatforms {
  private static final long SEED = 20_260_601;
  private static final int CASES = Integer.getInteger("blosc.cases", 120);
  private static final int[] TYPE_SIZES = {1, 2, 3, 4, 7, 8, 12, 16, 17, 32};

  /** Contents that compress differently. */
  private enum Content {
    ZEROS,
    RAMP,
    NOISE,
    MIXED
  }

  private static byte[] bytes(Content content, int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] =
          switch (content) {
            case ZEROS -> 0;
            case RAMP -> (byte) (i / 37);
            case NOISE -> (byte) random.nextInt();
            case MIXED -> (byte) (i / 4096 % 2 == 0 ? i / 64 : random.nextInt());
          };
    }
    return bytes;
  }

  /** Lengths around block borders and such that no element count is a multiple of 8. */
  private static int length(int typeSize, SplittableRandom random) {
    int elements = random.nextInt(1 << random.nextInt(1, 17));
    int tail = random.nextInt(3) == 0 ? random.nextInt(typeSize) : 0;
    return Math.min(elements * typeSize, 600_000) + tail;
  }

  @ParameterizedTest
  @EnumSource(Content.class)
  void chunksComeBackThroughEitherImplementation(Content content) throws ZarrException {
    assumeTrue(hasNativeBlosc(), "no native Blosc for this platform");
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      int typeSize = TYPE_SIZES[random.nextInt(TYPE_SIZES.length)];
      int level = random.nextInt(1, 10);
      byte[] bytes = bytes(content, length(typeSize, random), random);
      byte[] ours = BloscContainer.encode(bytes, typeSize, Math.min(level, 6));
      String place =
          "seed %d, case %d, %d bytes of type size %d".formatted(SEED, i, bytes.length, typeSize);

      assertThat(BloscContainer.decode(ours, bytes.length)).as(place).isEqualTo(bytes);
      if (bytes.length > 0) {
        assertThat(Blosc.decompress(ours)).as(place).isEqualTo(bytes);
        for (Blosc.Compressor inner : Blosc.Compressor.values()) {
          for (Blosc.Shuffle shuffle : Blosc.Shuffle.values()) {
            byte[] foreign = Blosc.compress(bytes, typeSize, inner, Math.min(level, 6), shuffle);
            assertThat(BloscContainer.decode(foreign, bytes.length))
                .as("%s, %s, %s, flags %02x", place, inner, shuffle, foreign[2])
                .isEqualTo(bytes);
          }
        }
      }
    }
  }

  @Test
  void rawChunksHaveTheFlagsOfTheSpecification() {
    byte[] noise = bytes(Content.NOISE, 999, new SplittableRandom(SEED));

    assertThat(BloscContainer.encode(noise, 2, 5)[2] & 0xff).isEqualTo(0x96);
    assertThat(BloscContainer.encode(new byte[999], 2, 5)[2] & 0xff).isEqualTo(0x94);
  }

  /** A zstd stream where a split block of four streams belongs, decoded from the specification. */
  @Test
  void blocksThatAreNotSplitAndBlocksThatAreAreToldApartByTheirFlag() throws ZarrException {
    byte[] bytes = bytes(Content.RAMP, 4096, new SplittableRandom(SEED));
    byte[] unsplit = BloscContainer.encode(bytes, 4, 5);
    byte[] claimedSplit = unsplit.clone();
    claimedSplit[2] &= (byte) ~0x10;

    assertThat(BloscContainer.decode(unsplit, 4096)).isEqualTo(bytes);
    assertThatThrownBy(() -> BloscContainer.decode(claimedSplit, 4096))
        .isInstanceOf(ZarrException.class);
  }

  @Test
  void chunkThatAnnouncesMoreThanItMayHoldIsRefusedBeforeMemoryIsTaken() {
    byte[] chunk = BloscContainer.encode(new byte[4096], 4, 5);
    Arrays.fill(chunk, 4, 8, (byte) 0x7f);

    assertThatThrownBy(() -> BloscContainer.decode(chunk, 4096))
        .isInstanceOf(ZarrException.class)
        .hasMessageStartingWith("Blosc header says 2139062143 bytes of elements in ");
  }

  private static boolean hasNativeBlosc() {
    try {
      return Blosc.compress(new byte[8], 1).length > 0;
    } catch (LinkageError e) {
      return false;
    }
  }
}
