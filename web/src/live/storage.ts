import { IndexedDBStorageAdapter } from "@automerge/automerge-repo-storage-indexeddb";

/**
 * The browser's own storage, which may be full, forbidden, or emptied by the browser at any time. Then the copy lives in this
 * page and with the server, and it is said: nobody is to rely on it without a line.
 */
export class Storage extends IndexedDBStorageAdapter {
  /** Whether what is written is kept. */
  isKeeping = true;
  onlost: () => void = () => {};

  #lost(thrown: unknown) {
    if (this.isKeeping) console.info("this browser keeps no copy:", thrown);
    this.isKeeping = false;
    this.onlost();
  }

  async #or<T>(what: Promise<T>, otherwise: T): Promise<T> {
    return what.catch((thrown) => {
      this.#lost(thrown);
      return otherwise;
    });
  }

  override load(key: string[]) {
    return this.#or(super.load(key), undefined);
  }
  override loadRange(prefix: string[]) {
    return this.#or(super.loadRange(prefix), []);
  }
  override remove(key: string[]) {
    return this.#or(super.remove(key), undefined);
  }
  override removeRange(prefix: string[]) {
    return this.#or(super.removeRange(prefix), undefined);
  }

  /** The base tells of no transaction that the browser gives up, as it does when the disk is full. */
  override save(key: string[], binary: Uint8Array) {
    return this.#or(this.#put(key, binary), undefined);
  }

  async #put(key: string[], binary: Uint8Array) {
    const { dbPromise, store } = this as unknown as {
      dbPromise: Promise<IDBDatabase>;
      store: string;
    };
    const transaction = (await dbPromise).transaction(store, "readwrite");
    transaction.objectStore(store).put({ key, binary }, key);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () =>
        reject(transaction.error ?? new Error("the browser gave up a transaction"));
    });
  }
}
