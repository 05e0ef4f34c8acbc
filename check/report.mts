import type { ListSwitches, Switches } from '../sandbox/uphance/switches.mts';
import type { Answer } from './answer.mts';
import type { Field, SurveyedList } from './fields.mts';
import { newNames, typesOf } from './findings/fields.mts';
import type { Finding } from './findings/finding.mts';
import { Safe } from './safe.mts';
import type { Vocabulary } from './vocabulary.mts';

/** The whole finding, as uphance-check.json has it. All of its text is Safe: none of it is a value of the account. */
export interface Report {
	about: Safe;
	version: number;
	requests: Safe;
	switches: Partial<Switches>;
	/** By path. */
	lists: Record<string, ListSwitches>;
	findings: Array<Pick<Finding, 'fact' | 'verdict' | 'seen' | 'means'>>;
	/** By the path of a list: how often each field is there, and in which types. */
	fields: Record<string, { described: Record<string, Safe>; new: Safe[] }>;
	/** By method and path: milliseconds. */
	times: Record<string, Safe>;
	headers: Safe[];
}

export function buildReport(
	findings: Finding[],
	lists: SurveyedList[],
	answers: Answer[],
	vocabulary: Vocabulary,
): Report {
	return {
		about: Safe.say`What npm run check of n8n-nodes-uphance saw of Uphance. No value of the account is in it.`,
		version: 1,
		requests: Safe.constant(answers.length, 'requests'),
		switches: Object.assign({}, ...findings.map(({ sets }) => sets)),
		lists: listSwitches(findings),
		findings: findings.map(({ fact, verdict, seen, means }) => ({ fact, verdict, seen, means })),
		fields: Object.fromEntries(lists.map((list) => [list.facts.path, fieldsOf(list, vocabulary)])),
		times: timesOf(lists),
		headers: [...new Set(answers.flatMap(({ headers }) => headers))]
			.sort()
			.flatMap((name) => vocabulary.header(name) ?? []),
	};
}

function listSwitches(findings: Finding[]): Report['lists'] {
	const merged: Report['lists'] = {};
	for (const { setsOfList } of findings) {
		if (setsOfList) merged[setsOfList.path] = { ...merged[setsOfList.path], ...setsOfList.switches };
	}
	return merged;
}

function fieldsOf({ fields }: SurveyedList, vocabulary: Vocabulary) {
	const described = fields
		.filter((field) => field.described)
		.map((field) => [String(vocabulary.path(field.path)), describe(field)]);
	return { described: Object.fromEntries(described), new: newNames(fields, vocabulary) };
}

function describe(field: Field): Safe {
	if (field.present === 0) return Safe.say`never there`;
	const forms = field.texts.length > 0 ? Safe.say` (${Safe.join(formsOf(field))})` : Safe.say``;
	const share = Safe.share(field.present, field.parents);
	return Safe.say`${typesOf(field)}${forms}, in ${share}`;
}

const formsOf = ({ texts }: Field): Safe[] => [
	...new Map(texts.map((text) => [String(Safe.form(text)), Safe.form(text)])).values(),
];

const timesOf = (lists: SurveyedList[]): Report['times'] =>
	Object.fromEntries(lists.map(({ facts, first }) => [`GET ${facts.path}`, Safe.constant(first.milliseconds, 'ms')]));
