/**
 * Loads a module when it is first wanted, and asks for it no more: an import goes through the loader each time, which
 * takes longer than reading a footer does. One that failed is tried again.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((cause) => {
      loaded = undefined;
      throw cause;
    });
    return loaded;
  };
}
