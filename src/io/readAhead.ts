interface Begun<T> {
  readonly source: AsyncIterator<T>;
  next: Promise<IteratorResult<T>>;
}

function step<T>(source: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = source.next();
  // Whoever waits for it hears of its failure; until then it is no unhandled rejection.
  next.catch(() => {});
  return next;
}

/**
 * What some sources give, one source after the other, while the next `ahead` of them already work on their first
 * item, and the one that is read on its next.
 */
export async function* readAhead<T>(sources: Iterable<AsyncIterator<T>>, ahead: number): AsyncGenerator<T> {
  const waiting = sources[Symbol.iterator]();
  const begun: Begun<T>[] = [];
  const begin = (): void => {
    while (begun.length <= ahead) {
      const { done, value } = waiting.next();
      if (done) return;
      begun.push({ source: value, next: step(value) });
    }
  };
  try {
    for (begin(); begun.length > 0; begin()) {
      const [first] = begun as [Begun<T>];
      const item = await first.next;
      if (item.done) {
        begun.shift();
        continue;
      }
      first.next = step(first.source);
      yield item.value;
    }
  } finally {
    await Promise.allSettled(begun.map(({ next }) => next));
    await Promise.allSettled(begun.map(({ source }) => source.return?.()));
  }
}
