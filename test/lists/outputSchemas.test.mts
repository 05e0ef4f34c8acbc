import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { IDataObject } from 'n8n-workflow';
import type { Json, JsonObject } from '../../check/description/uphanceApi.mts';
import { recordSchema } from '../../check/description/uphanceApi.mts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import { everyOperation } from '../everyOperation.mts';
import { useWorld } from '../world.mts';

/**
 * What the editor shows before a first run, made of the description of the API and of what really comes out.
 * `npm run generate` writes the files; this test keeps them true.
 */
const writes = process.env.WRITE !== undefined;
const folder = join(__dirname, '../../nodes/Uphance/__schema__/v1.0.0');

/** The record of a resource or operation in docs/uphance.openapi.yaml, where it is not called like the resource. */
const described: Record<string, string> = { order: 'SalesOrder', 'pickTicket.getBoxes': 'ShipmentBox' };
const componentOf = (resource: string, operation: string) =>
	described[`${resource}.${operation}`] ?? described[resource] ?? resource[0]?.toUpperCase() + resource.slice(1);

/** Where what Uphance answers is not known, only what the node itself adds is promised. */
const promised: Record<string, JsonObject> = {
	'accessToken.revoke': { success: { type: 'boolean' } },
	'stockOperation.create': { idempotency_key: { type: 'string' } },
};

/** What a write shows first, with what the node adds to the record. */
const shownFirst: Record<string, JsonObject> = {
	'order.create': { order_number: {}, status: {} },
	'payment.create': { id: {}, reference: {}, amount: {} },
	'pickTicket.ship': { shipment_number: {}, status: {}, alreadyShipped: { type: 'boolean' } },
};

const world = useWorld({ starts: 'beforeAll' });

const isObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** As n8n's editor reads it: type, properties and items, with the type that is not null first. */
function plain(schema: Json | undefined): JsonObject {
	if (!isObject(schema)) return {};
	const forms = [schema.oneOf, schema.anyOf].find(Array.isArray);
	if (forms) return plain(forms[0]);
	const types = [schema.type].flat().filter((type) => typeof type === 'string');
	if (types.includes('array')) return { type: 'array', items: plain(schema.items) };
	if (types.includes('object') && isObject(schema.properties)) {
		const properties = Object.entries(schema.properties).map(([name, each]) => [name, plain(each)]);
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	const [type] = types;
	return type === undefined ? {} : { type: types.length === 1 ? type : types };
}

const typeOf = (value: unknown) =>
	value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

/** Of a field of a simplified record: as described where it comes out so, otherwise what comes out. */
function simple(name: string, base: JsonObject, values: unknown[]): JsonObject {
	if (name.endsWith('_number')) return { type: ['string', 'null'] };
	const seen = [...new Set(values.map(typeOf))].filter((type) => type !== 'null');
	const allowed = [base.type].flat();
	if (seen.length > 0 && seen.every((type) => allowed.includes(type))) return base;
	if (seen.includes('array')) return { type: 'array', items: { type: typeOf(values.flat()[0]) } };
	// Amounts are numbers, though all of these may happen to be whole.
	const [type = 'string'] = seen.includes('number') || seen.includes('integer') ? ['number'] : seen;
	return { type: [type, 'null'] };
}

async function schemaOf(resource: string, operation: string, records: IDataObject[]): Promise<JsonObject> {
	const own = promised[`${resource}.${operation}`];
	if (own) return { type: 'object', properties: own };
	const whole = plain(recordSchema(componentOf(resource, operation)));
	const properties = isObject(whole.properties) ? whole.properties : {};
	const hasSimplify = resources
		.find(({ option }) => option.value === resource)
		?.operations.find(({ option }) => option.value === operation)
		?.fields.some(({ name, default: value }) => name === 'simplify' && value === true);
	if (!hasSimplify) {
		const first = shownFirst[`${resource}.${operation}`] ?? {};
		return { ...whole, properties: { ...first, ...properties } };
	}
	const names = Object.keys(records[0] ?? {});
	const fields = names.map((name) => {
		const { [name]: base } = properties;
		const values = records.map((record) => record[name]);
		return [name, simple(name, isObject(base) ? base : {}, values)];
	});
	return { type: 'object', properties: Object.fromEntries(fields) };
}

/** null tells nothing about a field. */
const withoutNull = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(withoutNull);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name, withoutNull(each)]])),
	);
};

describe('What the editor shows before a first run', () => {
	test.each(everyOperation)(
		'$resource $operation: the schema is what the operation returns',
		async ({ resource, operation, parameters }) => {
			const { records } = await world.run({ parameters });
			expect(records.length).toBeGreaterThan(0);
			const schema: JsonObject = { ...(await schemaOf(resource, operation, records)), version: 1 };
			const file = join(folder, resource, `${operation}.json`);
			if (writes) {
				mkdirSync(dirname(file), { recursive: true });
				writeFileSync(file, JSON.stringify(schema));
			}
			expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
			const fits = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
			for (const record of records) {
				fits(withoutNull(record));
				expect(fits.errors ?? []).toEqual([]);
			}
			const shown = Object.keys(isObject(schema.properties) ? schema.properties : {});
			expect(shown.length).toBeGreaterThan(0);
			expect(records.some((record) => shown.some((name) => name in record))).toBe(true);
		},
	);
});
