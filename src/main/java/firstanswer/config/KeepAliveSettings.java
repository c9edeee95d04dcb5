package firstanswer.config;

import java.time.Duration;

/**
 * When TCP gives up an idle connection because the host at the other end no longer responds.
 *
 * @param idle the pause after which TCP asks the other host for a sign of life; whole seconds
 * @param interval the pause before it asks again; whole seconds
 * @param count it gives up after as many unanswered requests
 */
public record KeepAliveSettings(Duration idle, Duration interval, int count) {}
