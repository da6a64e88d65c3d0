import type { Change, ObjectChange } from '../../runtime/src/subscribe/change.js';
import type { Thing } from '../support/reflector-scene.js';

/** Believes what it is told, keeps its own copy of the set, and complains of stories that cannot be true. */
export class SimSubscriber {
  readonly name: string;
  readonly set = new Map<string, Thing>();
  synced = false;
  told = 0;
  /** Versions may have fallen: the server lost history while this subscriber listened (R12). */
  historyLost: () => boolean;

  constructor(name: string, historyLost: () => boolean) {
    this.name = name;
    this.historyLost = historyLost;
  }

  hear(change: Change<Thing>): void {
    this.told++;
    switch (change.type) {
      case 'synced':
        this.synced = true;
        return;
      case 'desynced':
        this.synced = false;
        return;
      case 'resync':
        return;
      case 'added':
      case 'updated':
      case 'deleted':
      case 'replaced':
        return this.#object(change);
    }
  }

  #object(change: ObjectChange<Thing>): void {
    const { key, object } = change;
    const known = this.set.get(key);
    const { uid, resourceVersion } = object.metadata;
    switch (change.type) {
      case 'added':
        if (known !== undefined) this.#complain(`added ${key}, which it had`);
        break;
      case 'updated':
        if (known === undefined) this.#complain(`updated ${key}, which it had not`);
        else if (known.metadata.uid !== uid) this.#complain(`updated ${key} with another uid`);
        else if (!this.historyLost() && Number(known.metadata.resourceVersion) >= Number(resourceVersion)) {
          this.#complain(`updated ${key} from ${known.metadata.resourceVersion} to ${resourceVersion}`);
        }
        this.#previous(key, change.previous, known);
        break;
      case 'deleted':
        // Between what it saw last and the deletion there may have been states that it was not told of (W9).
        if (known === undefined) this.#complain(`deleted ${key}, which it had not`);
        else if (change.previous.metadata.uid !== known.metadata.uid) this.#complain(`deleted ${key} of another uid`);
        this.set.delete(key);
        return;
      case 'replaced':
        if (known === undefined) this.#complain(`replaced ${key}, which it had not`);
        else if (known.metadata.uid === uid) this.#complain(`replaced ${key} with the same uid`);
        this.#previous(key, change.previous, known);
        break;
    }
    this.set.set(key, object);
  }

  #previous(key: string, previous: Thing, known: Thing | undefined): void {
    if (known !== undefined && previous.metadata.resourceVersion !== known.metadata.resourceVersion) {
      const versions = `${previous.metadata.resourceVersion}, not ${known.metadata.resourceVersion}`;
      this.#complain(`the previous state of ${key} was told as ${versions}`);
    }
  }

  #complain(what: string): void {
    throw new Error(`subscriber ${this.name} was told: ${what}`);
  }
}
