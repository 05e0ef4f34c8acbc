import type { Item } from './answer.mts';
import { isObject, recordsOf } from './answer.mts';
import { recordErrors, recordSchema } from './description/uphanceApi.mts';
import type { ListReading } from './reading.mts';
import { jsonType } from './safe.mts';

/** One field of a kind of record, by the way to it, such as "line_items[].unit_price". */
export interface Field {
	path: string;
	described: boolean;
	/** In how many of the objects that could have it. */
	present: number;
	parents: number;
	/** By JSON type: a value of it, to say of what form it is. */
	types: Map<string, unknown>;
	/** Of texts: all, to say which words a status has. */
	texts: string[];
	/** What the description says against it, by ajv's keyword: in how many records, and a value. */
	problems: Map<string, { records: number; value: unknown; expected: string }>;
}

/** A list with all fields of its records. */
export interface SurveyedList extends ListReading {
	fields: Field[];
	/** How many records were looked at. */
	surveyed: number;
}

export function surveyList(list: ListReading): SurveyedList {
	const records = everyRecord(list);
	return { ...list, fields: [...surveyFields(list.facts.schema, records).values()], surveyed: records.length };
}

/** The records of all pages that were read, each once. */
function everyRecord({ facts, records, ofTwo, afterId, filters }: ListReading): Item[] {
	const answers = [ofTwo, afterId?.answer, ...filters.flatMap((filter) => filter.answers)];
	const more = answers.flatMap((answer) => recordsOf(answer, facts.listKey)).filter(({ id }) => id !== undefined);
	const byId = new Map([...records, ...more].map((record, index) => [record.id ?? `without ${index}`, record]));
	return [...byId.values()];
}

/** Looks at every field of all records of a kind, and compares each record with the description. */
function surveyFields(schema: string, records: unknown[]): Map<string, Field> {
	const fields = new Map<string, Field>();
	const whole = recordSchema(schema);
	for (const record of records) {
		walk(record, whole, '', fields);
		const counted = new Set<string>();
		for (const { instancePath, keyword, params } of recordErrors(schema, record)) {
			const missing = keyword === 'required' ? `/${String(params.missingProperty)}` : '';
			const path = toPath(instancePath + missing);
			const field = fields.get(path) ?? addField(fields, path, true);
			const known = field.problems.get(keyword);
			const expected = String(params.type ?? params.format ?? '');
			const isNew = !counted.has(`${path} ${keyword}`);
			counted.add(`${path} ${keyword}`);
			field.problems.set(keyword, {
				records: (known?.records ?? 0) + (isNew ? 1 : 0),
				value: known?.value ?? valueAt(record, instancePath),
				expected,
			});
		}
	}
	return fields;
}

function walk(value: unknown, schema: unknown, path: string, fields: Map<string, Field>): void {
	if (Array.isArray(value)) {
		const items = isObject(schema) ? schema.items : undefined;
		for (const each of value) walk(each, items, `${path}[]`, fields);
		return;
	}
	if (!isObject(value) || !isObject(schema) || !isObject(schema.properties)) return;
	const names = new Set([...Object.keys(schema.properties), ...Object.keys(value)]);
	for (const name of names) {
		const described = Object.hasOwn(schema.properties, name);
		const at = path === '' ? name : `${path}.${name}`;
		const field = fields.get(at) ?? addField(fields, at, described);
		field.parents += 1;
		if (!Object.hasOwn(value, name)) continue;
		const own = value[name];
		field.present += 1;
		if (!field.types.has(jsonType(own))) field.types.set(jsonType(own), own);
		if (typeof own === 'string') field.texts.push(own);
		// What is below a field that is not described may be anything, also a list of names.
		if (described) walk(own, schema.properties[name], at, fields);
	}
}

function addField(fields: Map<string, Field>, path: string, described: boolean): Field {
	const field: Field = { path, described, present: 0, parents: 0, types: new Map(), texts: [], problems: new Map() };
	fields.set(path, field);
	return field;
}

/** "/line_items/0/unit_price" → "line_items[].unit_price" */
const toPath = (pointer: string): string => pointer.slice(1).replace(/\/\d+/g, '[]').replaceAll('/', '.');

const valueAt = (record: unknown, pointer: string): unknown =>
	pointer
		.split('/')
		.slice(1)
		.reduce<unknown>(
			(value, key) => (Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined),
			record,
		);
