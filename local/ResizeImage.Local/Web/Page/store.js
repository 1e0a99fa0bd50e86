/** Where a view has room for one thumbnail, it shows the first. */
const withFirst = (photo) => ({ ...photo, thumbnail: photo.thumbnails[0] ?? null });

/**
 * What the server knows, kept up to date by server-sent events. Dispatches "change" with {photos, invocations, cloud}: the keys and ids
 * that changed, null for all; "connection" with whether there is one; and "upload" with {key, sent, size}, in bytes.
 */
class Store extends EventTarget {
  photos = new Map();
  invocations = new Map();
  cloud = null;

  /** The invocations of a photo, the newest first. */
  invocationsOf(key) {
    return this.#newest((invocation) => invocation.keys.includes(key));
  }

  /** All invocations, the newest first. */
  allInvocations() {
    return this.#newest(() => true);
  }

  /** Waits until the condition holds. */
  async until(condition) {
    while (!condition()) {
      await new Promise((resolve) => this.addEventListener('change', resolve, { once: true }));
    }
  }

  /** A part of a photo has been sent to S3 by this page. */
  noteUpload(detail) {
    this.dispatchEvent(new CustomEvent('upload', { detail }));
  }

  connect() {
    const source = new EventSource('api/changes');
    source.addEventListener('snapshot', (event) => this.#replace(JSON.parse(event.data)));
    source.addEventListener('change', (event) => this.#update(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      this.dispatchEvent(new CustomEvent('connection', { detail: false }));
      // Where there was an answer that is no stream, the browser gives up.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.connect(), 2000);
    });
  }

  #newest(condition) {
    return [...this.invocations.values()].filter(condition).reverse();
  }

  #replace(all) {
    this.photos = new Map(all.photos.map((photo) => [photo.key, withFirst(photo)]));
    this.invocations = new Map(all.invocations.map((invocation) => [invocation.id, invocation]));
    this.cloud = all.cloud;
    this.dispatchEvent(new CustomEvent('connection', { detail: true }));
    this.#tell({ photos: null, invocations: null, cloud: true });
  }

  #update(change) {
    for (const photo of change.photos) this.photos.set(photo.key, withFirst(photo));
    for (const key of change.removed) this.photos.delete(key);
    for (const invocation of change.invocations) this.invocations.set(invocation.id, invocation);
    this.cloud = change.cloud ?? this.cloud;
    this.#tell({
      photos: [...change.photos.map((photo) => photo.key), ...change.removed],
      invocations: change.invocations.map((invocation) => invocation.id),
      cloud: change.cloud !== null,
    });
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent('change', { detail }));
  }
}

export const store = new Store();
