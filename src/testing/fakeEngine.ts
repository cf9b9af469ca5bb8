// An engine without a GPU: answers by a table that a test fills, and refuses what the test did not expect.
import { createEmitter } from "../base/emitter";
import type { Engine, EngineApi, EngineEvent } from "../rpc/protocol";

export interface FakeEngine extends Engine {
  emit(event: EngineEvent): void;
}

/** A fake engine with the given methods; any other one throws when called. */
export function fakeEngine(methods: Partial<EngineApi>): FakeEngine {
  const events = createEmitter<EngineEvent>();
  const own = { ...methods, on: events.on, emit: events.emit };
  return new Proxy(own, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (() => Promise.reject(new Error(`the fake engine has no ${String(name)}`))),
  }) as FakeEngine;
}
