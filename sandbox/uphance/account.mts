import { readFileSync } from 'node:fs';
import type { ListSwitches, Switches } from './switches.mts';
import { defaultSwitches } from './switches.mts';

/** What makes the stand-in behave like an account. */
export interface Account {
	switches: Partial<Switches>;
	/** By path. */
	lists: Record<string, ListSwitches>;
}

/** A position of each switch of a list, for its type. */
const listPositions: Required<ListSwitches> = {
	listOrder: 'ascending',
	single: 'documented',
	ignoresFilters: false,
	ignoresSinceId: false,
	perPage: 100,
	takesPerPage: false,
	meta: true,
};

/**
 * Reads the file that `npm run check` writes.
 *
 * @throws Error that says what is wrong with the file
 */
export function readAccount(file: string): Account {
	let content: Partial<Account> | undefined;
	try {
		content = JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		throw new Error(`${file} cannot be read, or is no JSON. npm run check -- --help says how to write it.`);
	}
	const { switches, lists } = content ?? {};
	if (!isRecord(switches) || !isRecord(lists)) {
		throw new Error(`${file} has no 'switches' and 'lists': it was not written by npm run check.`);
	}
	assertPositions(file, switches, defaultSwitches);
	for (const each of Object.values(lists)) assertPositions(file, each, listPositions);
	return { switches, lists };
}

function assertPositions(file: string, given: object, known: object): void {
	const types = new Map(Object.entries(known).map(([name, value]) => [name, typeof value]));
	const wrong = Object.entries(given).find(([name, value]) => types.get(name) !== typeof value);
	if (wrong) throw new Error(`${file} sets the switch '${wrong[0]}' to something that this version does not know.`);
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
