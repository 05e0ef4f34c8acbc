import type { ErrorObject } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import document from './document.mts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json;
}

/** As the sandbox's log has it: values of the query are text, several under one name a list. */
export interface ApiRequest {
	method: string;
	path: string;
	query?: Record<string, string | string[]>;
	/** undefined: there was none. */
	body?: unknown;
}

export interface Operation {
	/** "GET /sales_orders/{id}" */
	name: string;
	method: string;
	template: string;
	value: JsonObject;
	/** Where it stands in the document, as a JSON pointer. */
	pointer: string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** docs/uphance.openapi.yaml */
export const description = asObject(document);

export const operations: Operation[] = Object.entries(asObject(description.paths)).flatMap(([template, item]) =>
	Object.entries(asObject(item))
		.filter(([method]) => methods.includes(method))
		.map(([method, value]) => ({
			name: `${method.toUpperCase()} ${template}`,
			method: method.toUpperCase(),
			template,
			value: asObject(value),
			pointer: `/paths/${escaped(template)}/${method}`,
		})),
);

// That the schemas are valid themselves, test/api/openapi.test.mts shows.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateSchema: false, meta: false });
formats.default(ajv);
// Schemas stand inside the description and point at each other from its root, so ajv gets the whole of it.
ajv.addVocabulary(['x-certainty', 'x-source', ...Object.keys(description)]);
ajv.addSchema(description, 'uphance');

/** What is wrong with a request, as sentences; none if it is as described. */
export function requestProblems(request: ApiRequest): string[] {
	const operation = operationFor(request);
	if (!operation) return [unknownOperation(request)];
	const parameters = parametersOf(operation);
	const inPath = parameters.filter(({ value }) => value.in === 'path');
	const inQuery = parameters.filter(({ value }) => value.in === 'query');
	const values = valuesInPath(operation.template, request.path);
	const query = request.query ?? {};
	const names = inQuery.map(({ value }) => value.name);
	return [
		...inPath.flatMap((parameter) => parameterProblems(parameter, values[String(parameter.value.name)])),
		...inQuery.flatMap((parameter) => parameterProblems(parameter, query[String(parameter.value.name)])),
		...Object.keys(query)
			.filter((name) => !names.includes(name))
			.map((name) => `${operation.name} has no query parameter '${name}'`),
		...bodyProblems(operation, request.body),
	].map((problem) => `request: ${problem}`);
}

/** What is wrong with an answer, as sentences; none if it is as described. A body that is no JSON is handed in as text. */
export function answerProblems(request: Pick<ApiRequest, 'method' | 'path'>, status: number, body: unknown): string[] {
	const operation = operationFor(request);
	if (!operation) return [unknownOperation(request)];
	const responses = asObject(operation.value.responses);
	const key = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((each) => each in responses);
	// 'default' is for failures; a success that nobody described is one nobody is ready for.
	if (!key || (key === 'default' && status < 300))
		return [`answer: ${operation.name} is not known to answer ${status}`];
	const response = resolved(`${operation.pointer}/responses/${key}`);
	const isNone = body === undefined || body === null || body === '';
	const content = asObject(response.value.content ?? {});
	if (response.value['x-may-be-empty'] === true && (isNone || typeof body === 'string')) return [];
	if (isNone) return [`answer: ${operation.name} answers ${status} with a body, and there is none`];
	const type = 'application/json' in content ? 'application/json' : '*/*';
	if (!(type in content)) return [`answer: ${operation.name} answers ${status} without a body, and there is one`];
	// A failure is described as anything, beside what is most likely.
	if (type === 'application/json' && '*/*' in content) return [];
	return schemaProblems(`${response.pointer}/content/${escaped(type)}/schema`, body).map((each) => `answer: ${each}`);
}

/** The schema of a component, with everything it points at written out. @throws if there is none of the name */
export function recordSchema(name: string): JsonObject {
	const schema = asObject(asObject(description.components).schemas)[name];
	if (schema === undefined) throw new Error(`docs/uphance.openapi.yaml has no schema '${name}'`);
	return asObject(writtenOut(schema));
}

/** What is wrong with one record, as ajv tells it. @throws if there is no schema of the name */
export const recordErrors = (name: string, record: unknown): ErrorObject[] =>
	schemaErrors(`/components/schemas/${name}`, record);

function writtenOut(value: Json): Json {
	if (Array.isArray(value)) return value.map(writtenOut);
	if (typeof value !== 'object' || value === null) return value;
	const { $ref: reference, ...own } = value;
	const others = Object.fromEntries(Object.entries(own).map(([key, each]) => [key, writtenOut(each)]));
	// What stands beside a reference is about this one place, and so counts for more than what it points at.
	return typeof reference === 'string' ? { ...asObject(writtenOut(at(reference.slice(1)))), ...others } : others;
}

interface Place {
	value: JsonObject;
	pointer: string;
}

function parametersOf({ template, value, pointer }: Operation): Place[] {
	const item = `/paths/${escaped(template)}`;
	const lists = [
		{ list: asObject(at(item)).parameters, pointer: `${item}/parameters` },
		{ list: value.parameters, pointer: `${pointer}/parameters` },
	];
	return lists.flatMap(({ list, pointer: of }) =>
		Array.isArray(list) ? list.map((_, index) => resolved(`${of}/${index}`)) : [],
	);
}

function parameterProblems({ value: parameter, pointer }: Place, value: string | string[] | undefined): string[] {
	if (value === undefined) return parameter.required === true ? [`'${String(parameter.name)}' is missing`] : [];
	const schema = resolved(`${pointer}/schema`);
	const types = [schema.value.type].flat();
	let read: Json = value;
	if (types.includes('array')) read = [value].flat();
	else if (typeof value === 'string' && !types.includes('string')) read = /^-?\d+$/.test(value) ? Number(value) : value;
	return schemaProblems(schema.pointer, read).map((each) => `parameter '${String(parameter.name)}': ${each}`);
}

function bodyProblems({ name, value, pointer }: Operation, body: unknown): string[] {
	if (value.requestBody === undefined) return body === undefined ? [] : [`${name} takes no body, and there is one`];
	if (body === undefined) {
		return asObject(value.requestBody).required === true ? [`${name} wants a body, and there is none`] : [];
	}
	return schemaProblems(`${pointer}/requestBody/content/application~1json/schema`, body);
}

const schemaProblems = (pointer: string, value: unknown): string[] => schemaErrors(pointer, value).map(sentence);

function schemaErrors(pointer: string, value: unknown): ErrorObject[] {
	const fits = ajv.getSchema(`uphance#${encodeURI(pointer)}`);
	if (!fits) throw new Error(`docs/uphance.openapi.yaml has no schema at ${pointer}`);
	return fits(value) ? [] : withoutOtherForms(fits.errors ?? []);
}

/**
 * Where several forms are possible ajv tells why it is none of them. What lies furthest in is about the one meant, and
 * where a constant is another one, a form that has it is.
 */
function withoutOtherForms(errors: ErrorObject[]): ErrorObject[] {
	const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
	return errors
		.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
		.reduce((left, choice) => {
			const isAbout = ({ instancePath }: ErrorObject) => `${instancePath}/`.startsWith(`${choice.instancePath}/`);
			const telling = left.filter((each) => isAbout(each) && each.keyword !== 'const');
			const furthest = Math.max(...telling.map(depth));
			return left.filter((each) => !isAbout(each) || (telling.includes(each) && depth(each) === furthest));
		}, errors);
}

function sentence({ instancePath, keyword, params, message }: ErrorObject): string {
	const found = keyword === 'enum' || keyword === 'const' ? `: ${JSON.stringify(Object.values(params)[0])}` : '';
	return `${instancePath || 'it'} ${message ?? 'is not as described'}${found}`;
}

function operationFor({ method, path }: Pick<ApiRequest, 'method' | 'path'>): Operation | undefined {
	const fitting = operations.filter(
		(each) => each.method === method.toUpperCase() && Object.keys(valuesInPath(each.template, path)).length > 0,
	);
	// As OpenAPI has it, a path without braces goes before one with.
	return fitting.find(({ template }) => template === path) ?? fitting[0];
}

const unknownOperation = ({ method, path }: Pick<ApiRequest, 'method' | 'path'>) =>
	`${method.toUpperCase()} ${path} is not described`;

/** The values of the braces, and the path itself under ''; nothing if the path is another one. */
function valuesInPath(template: string, path: string): Record<string, string> {
	const names = template.split('/');
	const values = path.split('/');
	if (names.length !== values.length) return {};
	const pairs = names.map((name, index) => ({ name, value: values[index] ?? '' }));
	if (!pairs.every(({ name, value }) => (name.startsWith('{') ? value !== '' : name === value))) return {};
	const inBraces = pairs.filter(({ name }) => name.startsWith('{'));
	return {
		'': path,
		...Object.fromEntries(inBraces.map(({ name, value }) => [name.slice(1, -1), decodeURIComponent(value)])),
	};
}

/** What stands at a JSON pointer, or at the end of the references there. */
function resolved(pointer: string): Place {
	const value = asObject(at(pointer));
	return typeof value.$ref === 'string' ? resolved(value.$ref.slice(1)) : { value, pointer };
}

function at(pointer: string): Json {
	const keys = pointer.split('/').slice(1).map(unescaped);
	return keys.reduce<Json>((value, key) => {
		const next = Array.isArray(value) ? value[Number(key)] : asObject(value)[key];
		if (next === undefined) throw new Error(`docs/uphance.openapi.yaml has nothing at ${pointer}`);
		return next;
	}, description);
}

function escaped(key: string): string {
	return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(key: string): string {
	return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function asObject(value: unknown): JsonObject {
	if (!isObject(value)) throw new Error(`An object is wanted, not ${JSON.stringify(value)}`);
	return value;
}

/** All that comes out of a YAML or JSON document is JSON. */
function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
