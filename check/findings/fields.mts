import type { Field, SurveyedList } from '../fields.mts';
import { Safe, say } from '../safe.mts';
import type { Vocabulary } from '../vocabulary.mts';
import { isWordField } from '../vocabulary.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';

/** So many new names at one place are no names of fields. */
const mostNewNames = 30;

/** Whether the records of each list have the fields of the description, in their types. */
export const fieldFindings = (lists: SurveyedList[], vocabulary: Vocabulary): Finding[] =>
	lists.flatMap((list) => ofList(list, vocabulary));

function ofList({ facts, surveyed, fields }: SurveyedList, vocabulary: Vocabulary): Finding[] {
	const { plural, used } = facts;
	const fact = say`${plural}: fields`;
	if (surveyed === 0) return [notSeen(fact, say`there are none`)];
	const differences = fields.flatMap((field) =>
		differencesOf(field, used.includes(topOf(field)), vocabulary, surveyed),
	);
	const missing = fields
		.filter((field) => used.includes(field.path) && field.present === 0 && !field.problems.has('required'))
		.map((field) => missingFinding(field, surveyed, 0, true, vocabulary));
	const found = [...differences, ...missing].map((each) => ({ ...each, fact: say`${plural}: ${each.fact}` }));
	const described = fields.filter((field) => field.described && field.present > 0).length;
	const names = newNames(fields, vocabulary);
	const added = names.length > 0 ? say`; new: ${Safe.join(names)}` : say``;
	const count = say`${Safe.count(described)} as described${added}`;
	return [
		{ fact, verdict: 'fits', seen: found.length === 0 ? count : say`but for what is said apart, ${count}` },
		...found,
	];
}

const topOf = ({ path }: Field): string => path.split(/[.[]/)[0] ?? '';

/** The names of fields that are not described. Where nothing is as described, names are no names of fields. */
export function newNames(fields: Field[], vocabulary: Vocabulary): Safe[] {
	const added = fields.filter(({ described }) => !described);
	return [...new Set(added.map(parentOf))].flatMap((parent) => {
		const own = added.filter((field) => parentOf(field) === parent);
		const isKnown = fields.some((field) => field.described && field.present > 0 && parentOf(field) === parent);
		if (!isKnown || own.length > mostNewNames) return [say`a list with names of its own`];
		const isSaid = (field: Field) => vocabulary.newName(field.path.split('.').at(-1) ?? '') !== undefined;
		const hidden = own.filter((field) => !isSaid(field));
		const said = own.filter(isSaid).map((field) => say`${vocabulary.path(field.path)} (${typesOf(field)})`);
		return hidden.length > 0 ? [...said, say`${Safe.count(hidden.length)} that are left out`] : said;
	});
}

const parentOf = ({ path }: Field): string => path.split('.').slice(0, -1).join('.');

export const typesOf = ({ types }: Field): Safe => Safe.join([...types.values()].map(Safe.type));

type Difference = Finding;

function differencesOf(field: Field, isUsed: boolean, vocabulary: Vocabulary, records: number): Difference[] {
	const fact = vocabulary.path(field.path);
	return [...field.problems].flatMap(([keyword, { records: count, value, expected }]): Difference[] => {
		if (keyword === 'required') return [missingFinding(field, records, records - count, isUsed, vocabulary)];
		const share = Safe.share(count, records);
		if (keyword === 'type') {
			const wanted = describedTypes(expected);
			const seen = say`${Safe.type(value)} instead of ${wanted}, in ${share}`;
			return [{ fact, seen, ...consequenceOfType(value, expected, isUsed, fact) }];
		}
		if (keyword === 'format' || keyword === 'pattern') {
			const text = String(value);
			const isLost = keyword === 'format' && Number.isNaN(Date.parse(text));
			const means = isLost
				? say`The node cannot read it as a time: filters by it leave these records out.`
				: say`Nothing: the node reads this form too.`;
			return [
				{ fact, verdict: isLost && isUsed ? 'matters' : 'differs', seen: say`${Safe.form(text)}, in ${share}`, means },
			];
		}
		return [
			{
				fact,
				verdict: 'differs',
				seen: say`not as described, in ${share}`,
				means: say`The node passes it on as it is.`,
			},
		];
	});
}

function missingFinding(
	field: Field,
	records: number,
	having: number,
	isUsed: boolean,
	vocabulary: Vocabulary,
): Difference {
	const fact = vocabulary.path(field.path);
	const seen = having === 0 ? say`missing in all` : say`missing in ${Safe.share(records - having, records)}`;
	const means = isUsed
		? say`Simplified items and rows have null there, and nothing finds these records by ${fact}.`
		: say`Full records lack it. The nodes do not need it.`;
	return { fact, verdict: isUsed ? 'matters' : 'differs', seen, means };
}

const typeNames: Record<string, Safe> = {
	string: say`string`,
	integer: say`integer`,
	number: say`number`,
	boolean: say`boolean`,
	object: say`object`,
	array: say`array`,
	null: say`null`,
};

const describedTypes = (expected: string): Safe => {
	const names = expected.split(',').flatMap((name) => typeNames[name] ?? []);
	return Safe.join(names.length > 0 ? names : [say`another type`]);
};

function consequenceOfType(
	value: unknown,
	expected: string,
	isUsed: boolean,
	fact: Safe,
): Pick<Finding, 'verdict' | 'means'> {
	if (value === null) return { verdict: 'differs', means: say`Nothing: the node passes null on.` };
	const isScalar = typeof value === 'string' || typeof value === 'number';
	if (isScalar && /string|integer|number/.test(expected)) {
		return {
			verdict: 'differs',
			means: say`Nothing in simplified items, where the node converts it. Full records have ${fact} as it comes.`,
		};
	}
	const means = say`The node passes ${fact} on as it comes, or leaves it out where it needs the described type.`;
	return { verdict: isUsed ? 'matters' : 'differs', means };
}

/** Which words each status has. New ones change nothing: the nodes compare with what the user enters. */
export const wordFindings = (lists: SurveyedList[], vocabulary: Vocabulary): Finding[] =>
	lists.flatMap(({ facts, fields }) => {
		const withWords = fields.filter(({ path }) => isWordField(nameOf(path)));
		return withWords.flatMap((field): Finding[] => {
			const fact = say`${facts.plural}: words of ${vocabulary.path(field.path)}`;
			const words = vocabulary.words(nameOf(field.path), field.texts);
			if (!words || field.texts.every((text) => text.trim() === '')) return [];
			const parts = [...words.known, ...words.added.map((word) => say`${word} (new)`)];
			const seen = Safe.join(words.leftOut > 0 ? [...parts, say`others that are left out`] : parts);
			const means = say`Nothing: 'Status' of the triggers takes any word. Enter it as it is written here.`;
			return words.added.length + words.leftOut > 0
				? [{ fact, verdict: 'differs', seen, means }]
				: [{ fact, verdict: 'fits', seen }];
		});
	});

const nameOf = (path: string): string => path.split('.').at(-1) ?? '';
