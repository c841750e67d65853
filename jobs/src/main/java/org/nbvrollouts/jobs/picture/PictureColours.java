package org.nbvrollouts.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * Colours and strokes of explaining pictures. The hues are those of Okabe and Ito (2008), told
 * apart by people with any colour vision; what matters also differs in shape or dash.
 */
final class PictureColours {
  static final Color INK = new Color(0x202020);
  static final Color FAINT_INK = new Color(0x606060);
  static final Color FRAME = new Color(0xA0A0A0);
  static final Color SURFACE = new Color(0xC4C4C4);
  static final Color KEPT_FACE = new Color(0xC4E6CC);
  static final Color KEPT_EDGE = new Color(0x86BF96);
  static final Color CURRENT = new Color(0x0072B2);
  static final Color CANDIDATE = new Color(0xD55E00);
  static final Color OUTSIDE = new Color(0xE69F00);
  static final Color TARGET = new Color(0x009E73);
  static final Color EXTENT = new Color(0xCC79A7);
  static final Color REFERENCE = Color.BLACK;

  static final BasicStroke THIN = new BasicStroke(0.7f);
  static final BasicStroke LINE = new BasicStroke(1.6f);
  static final BasicStroke BOLD = new BasicStroke(2.6f);
  static final BasicStroke DASHED = dashed(1.4f, 6, 4);
  static final BasicStroke DOTTED = dashed(2.0f, 2, 4);
  static final BasicStroke LONG_DASHED = dashed(2.0f, 14, 6);

  private PictureColours() {}

  private static BasicStroke dashed(float width, float on, float off) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {on, off}, 0);
  }
}
