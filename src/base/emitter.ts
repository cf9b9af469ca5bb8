// A list of listeners for one kind of event.

export interface Emitter<T> {
  /** Adds a listener; returns the function that removes it. */
  on(listener: (event: T) => void): () => void;
  emit(event: T): void;
}

/** A fresh emitter; listeners run in the order they were added. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(event: T) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
