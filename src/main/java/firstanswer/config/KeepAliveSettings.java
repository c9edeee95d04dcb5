package firstanswer.config;

import java.time.Duration;

/**
 * The time after which TCP gives up an idle connection whose other host no longer responds.
 *
 * @param idle the pause after which TCP asks the other host for a sign of life; whole seconds
 * @param interval the pause before TCP asks again; whole seconds
 * @param count the unanswered requests after which TCP gives up
 */
public record KeepAliveSettings(Duration idle, Duration interval, int count) {}
