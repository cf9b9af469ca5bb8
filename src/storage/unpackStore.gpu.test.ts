// The browser's own file system as room for unpacked archives, in a worker as it is used.
import { afterAll, expect, it } from "vitest";
import { relayed } from "../testing/unpackRelay";

const store = relayed();
afterAll(() => store.close());

it("keeps what was written, finds it again, and gives parts of it without reading the rest", async () => {
  await store.write("one", ["abc", "def"]);
  const whole = await store.find("one");
  expect([whole?.size, await whole?.slice(2, 4).text()]).toEqual([6, "cd"]);
});

it("does not find what was given up half way", async () => {
  await store.discard("half", ["abc"]);
  expect(await store.find("half")).toBeNull();
});

it("writes beside a file that another tab holds, and removes all but what is named", async () => {
  await store.hold("busy");
  const own = await store.write("busy", ["mine"]);
  expect(await own.text()).toBe("mine");
  expect(await store.find("busy")).toBeNull();
  await store.release();
  await store.write("two", ["2"]);
  await store.keepOnly(["two"]);
  expect([await store.find("one"), (await store.find("two"))?.size]).toEqual([null, 1]);
  await store.keepOnly([]);
  expect(await store.find("two")).toBeNull();
});

it("knows how much room there is", async () => {
  expect(await store.room()).toBeGreaterThan(2 ** 20);
});
