package firstanswer.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.nio.file.Path;

/**
 * Lets {@code include} fail when its file is missing. HOCON would go on without the file, and an
 * operator would not notice a misspelt file name.
 */
final class RequiredIncludes implements ConfigIncluder, ConfigIncluderFile {
  /** A file to include that is not there. */
  static final class Missing extends ConfigException {
    private static final long serialVersionUID = 1L;

    /** The name in the including file. */
    final String name;

    /** The folder that relative names start at. */
    final String folder;

    Missing(String name, String folder, Throwable cause) {
      super(name, cause);
      this.name = name;
      this.folder = folder;
    }
  }

  private final ConfigIncluder fallback;

  private RequiredIncludes(ConfigIncluder fallback) {
    this.fallback = fallback;
  }

  /** Before the parser calls {@link #withFallback}, there is nothing to fall back on. */
  static RequiredIncludes create() {
    return new RequiredIncludes(null);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder other) {
    return new RequiredIncludes(other);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    try {
      return fallback.include(required(context), what);
    } catch (ConfigException.IO e) {
      throw new Missing(what, folder(context), e);
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    try {
      return ((ConfigIncluderFile) fallback).includeFile(required(context), what);
    } catch (ConfigException.IO e) {
      throw new Missing(what.getPath(), Path.of("").toAbsolutePath().toString(), e);
    }
  }

  /** The folder of the including file. The parser knows the place only of what exists. */
  private static String folder(ConfigIncludeContext context) {
    ConfigParseable folder = context.relativeTo(".");
    return folder == null
        ? "the class path"
        : Path.of(folder.origin().description()).normalize().toString();
  }

  private static ConfigIncludeContext required(ConfigIncludeContext context) {
    return context.setParseOptions(context.parseOptions().setAllowMissing(false));
  }
}
