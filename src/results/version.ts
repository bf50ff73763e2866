/** The version of this library, as it stands in results; a test holds it against the package's. */
export const LIBRARY_VERSION = "0.1.0";
