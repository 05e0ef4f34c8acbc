import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { named } from '../session/refused';
import type { Connection } from '../transport/connection';
import type { Choice } from './chosenRecord';
import { choiceIn, idIn } from './chosenRecord';
import { findAll, findById } from './find';
import type { Findable, Lookup } from './findable';

/** The record that somebody chose; undefined when there is none. @throws UserError when several have what was typed */
export async function findChosen(
	uphance: Connection,
	findable: Findable,
	choice: Choice,
): Promise<IDataObject | undefined> {
	const { kind, label, named: nameOf } = findable;
	const lookup = lookupOf(findable, choice);
	if (!lookup) return await findById(uphance, kind, idIn(label, choice, kind));
	const hits: IDataObject[] = [];
	for await (const hit of findAll(uphance, kind, lookup, valueOf(choice, lookup))) hits.push(hit);
	if (hits.length < 2) return hits[0];
	throw new UserError(
		`${hits.length} ${kind.plural} have the ${lookup.words} '${choice.value}': ${hits.map((hit) => `${nameOf(hit)} (ID ${String(hit.id)})`).join(', ')}`,
		{ description: findable.withoutId ? 'Give each its own in Uphance.' : 'Choose one of them by ID.' },
	);
}

/**
 * The id of the record in a locator's value; asks Uphance only when it was chosen by something else.
 *
 * @throws UserError when there is none
 */
export async function chosenId(uphance: Connection, findable: Findable, locator: unknown): Promise<number> {
	const choice = choiceIn(findable.label, locator);
	if (!lookupOf(findable, choice)) return idIn(findable.label, choice, findable.kind);
	const record = await findChosen(uphance, findable, choice);
	if (!record) throw await refusedMissing(uphance, findable, choice);
	return Number(record.id);
}

/** Says where it was looked, and whether a number that nobody has is an id (users.md 6). */
export async function refusedMissing(uphance: Connection, findable: Findable, choice: Choice): Promise<UserError> {
	const { kind, label, named: nameOf } = findable;
	const lookup = lookupOf(findable, choice);
	const what = lookup
		? `No ${kind.singular} has the ${lookup.words} '${valueOf(choice, lookup)}'`
		: `No ${kind.singular} has the ID ${idIn(label, choice, kind)}`;
	const mistaken = lookup?.isNumber && (await withThisId(uphance, findable, valueOf(choice, lookup)));
	const advice = mistaken
		? `${choice.value} is the ID of ${nameOf(mistaken)}: choose 'By ID' to get that one.`
		: `Check the ${lookup?.words ?? 'ID'}, or choose another 'Organisation' under Options.`;
	const where = `Looked in organisation ${named(uphance.organisation)}.`;
	return new UserError(what, { description: [where, kind.whenMissing, advice].filter(Boolean).join(' ') });
}

async function withThisId(uphance: Connection, { kind }: Findable, value: string): Promise<IDataObject | undefined> {
	return /^[1-9]\d{0,14}$/.test(value)
		? await findById(uphance, kind, Number(value)).catch(() => undefined)
		: undefined;
}

const lookupOf = ({ lookups, withoutId }: Findable, choice: Choice): Lookup | undefined =>
	withoutId ? lookups[0] : lookups.find(({ mode }) => mode.name === choice.mode);

const valueOf = ({ value }: Choice, { isNumber }: Lookup): string => (isNumber ? value.replace(/^#\s*/, '') : value);
