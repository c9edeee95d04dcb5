/**
 * Reads and checks the configuration, and turns the values into typed records. No other package
 * reads configuration.
 *
 * <p>{@link firstanswer.config.ConfigSources} puts files, environment and command line together,
 * and {@link firstanswer.config.SettingsReader} makes {@link firstanswer.config.Settings} of them.
 * Each problem is one line that names the file, the key, the value and the right values.
 *
 * <p>May import {@code codec.text} and {@code dns}. No Akka.
 */
package firstanswer.config;
