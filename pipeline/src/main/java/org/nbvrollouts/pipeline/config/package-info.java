/**
 * Checks that configuration records share, so that every refusal names the key and its range. Entry
 * class: {@link org.nbvrollouts.pipeline.config.ConfigCheck}.
 */
package org.nbvrollouts.pipeline.config;
