import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { named } from '../auth/errors';
import type { Connection } from '../transport/client';
import type { Choice } from '../parameters/locator';
import { choiceIn, idIn } from '../parameters/locator';
import { findAll, findById } from './find';
import type { Findable, Lookup } from '../parameters/findable';
import { sameText } from '../output/sameText';

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
	if ('filter' in lookup) {
		for await (const hit of findAll(uphance, kind, lookup, valueOf(choice, lookup))) hits.push(hit);
	} else {
		const has = (record: IDataObject) => lookup.texts(record).some((text) => sameText(text, choice.value));
		hits.push(...(await lookup.among(uphance)).filter(has));
	}
	if (hits.length < 2) return hits[0];
	const listed = hits.map((hit) => `${nameOf(hit)} (${'has' in lookup ? '' : 'ID '}${String(hit.id)})`).join(', ');
	const advice = findable.withoutId ? 'Give each its own in Uphance.' : 'Choose one of them by ID.';
	throw new UserError(`${hits.length} ${kind.plural} have ${phraseOf(lookup)} '${choice.value}': ${listed}`, {
		description: 'has' in lookup ? lookup.whenSeveral : advice,
	});
}

const phraseOf = (lookup: Lookup): string => ('has' in lookup ? lookup.has : `the ${lookup.words}`);

/** The id of the record in a locator's value, as below. */
export const chosenId = async (...chosen: Parameters<typeof identified>): Promise<number> =>
	(await identified(...chosen)).id;

/**
 * The id of the record in a locator's value, and the record where Uphance was asked: only when it was chosen by
 * something else than its id.
 *
 * @throws UserError when there is none
 */
export async function identified(
	uphance: Connection,
	findable: Findable,
	locator: unknown,
): Promise<{ id: number; record?: IDataObject }> {
	const choice = choiceIn(findable.label, locator);
	if (!lookupOf(findable, choice)) return { id: idIn(findable.label, choice, findable.kind) };
	const record = await findChosen(uphance, findable, choice);
	if (!record) throw await refusedMissing(uphance, findable, choice);
	return { id: Number(record.id), record };
}

/** Says where it was looked, and whether a number that nobody has is an id (users.md 6). */
export async function refusedMissing(uphance: Connection, findable: Findable, choice: Choice): Promise<UserError> {
	const { kind, label, named: nameOf } = findable;
	const lookup = lookupOf(findable, choice);
	const what = lookup
		? `No ${kind.singular} has ${phraseOf(lookup)} '${valueOf(choice, lookup)}'`
		: `No ${kind.singular} has the ID ${idIn(label, choice, kind)}`;
	const where = `Looked in organisation ${named(uphance.organisation)}.`;
	if (lookup && 'has' in lookup) return new UserError(what, { description: `${where} ${lookup.whenMissing}` });
	const mistaken = lookup?.isNumber && (await withThisId(uphance, findable, valueOf(choice, lookup)));
	const advice = mistaken
		? `${choice.value} is the ID of ${nameOf(mistaken)}: choose 'By ID' to get that one.`
		: `Check the ${lookup?.words ?? 'ID'}, or choose another 'Organisation' under Options.`;
	return new UserError(what, { description: [where, kind.whenMissing, advice].filter(Boolean).join(' ') });
}

async function withThisId(uphance: Connection, { kind }: Findable, value: string): Promise<IDataObject | undefined> {
	return /^[1-9]\d{0,14}$/.test(value)
		? await findById(uphance, kind, Number(value)).catch(() => undefined)
		: undefined;
}

const lookupOf = ({ lookups, withoutId }: Findable, choice: Choice): Lookup | undefined =>
	withoutId ? lookups[0] : lookups.find(({ mode }) => mode.name === choice.mode);

const valueOf = ({ value }: Choice, lookup: Lookup): string =>
	'isNumber' in lookup && lookup.isNumber ? value.replace(/^#\s*/, '') : value;
