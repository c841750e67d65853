/**
 * Fast reading of line-oriented text files: tokens and numbers without an object per value. Entry
 * class: {@link org.nbvrollouts.store.source.text.LineTokens}.
 */
package org.nbvrollouts.store.source.text;
