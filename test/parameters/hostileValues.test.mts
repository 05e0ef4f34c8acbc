import { beforeAll, describe, expect, test } from '@jest/globals';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { buildProperties } from '../../nodes/Uphance/operations/properties.ts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import { everyOperation } from '../everyOperation.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';

/** What a shop's customer, or a language model, can put into a text: it must arrive as that value, or be refused. */
const hostile = [
	'../organisations',
	'9005/../../oauth/revoke_tokens',
	'%2e%2e%2forganisations',
	'a?organizationId=9601#b',
	'a&page=2&per_page=1',
	'x\r\nHost: evil.example\r\n\r\n',
	'{{ $json.password }}',
	'https://evil.example/sales_orders/9005',
	'__proto__',
	'null',
	'\u0000\ud800',
];

/** Every place of an operation's parameters where a text can stand, as what fills it. */
function places(field: INodeProperties, base: INodeParameters): Array<(text: string) => INodeParameters> {
	const { name, type, options = [], modes = [] } = field;
	switch (type) {
		case 'string':
		case 'dateTime':
		case 'options':
		case 'json':
		case 'number':
			return [(text) => ({ [name]: text })];
		case 'multiOptions':
			return [(text) => ({ [name]: [text] })];
		case 'resourceLocator':
			return modes.map((mode) => (text) => ({ [name]: { __rl: true, mode: mode.name, value: text } }));
		case 'collection':
			return options
				.filter((each): each is INodeProperties => 'type' in each)
				.flatMap((each) => places(each, {}))
				.map((fill) => (text) => ({ [name]: fill(text) }));
		case 'fixedCollection':
			return options.flatMap((each) => {
				const given = base[name];
				const known = typeof given === 'object' && given !== null ? Object.values(given).flat()[0] : undefined;
				const row = typeof known === 'object' ? known : {};
				return 'values' in each
					? each.values
							.flatMap((value) => places(value, {}))
							.map((fill) => (text: string) => ({ [name]: { [each.name]: [{ ...row, ...fill(text) }] } }))
					: [];
			});
		default:
			return [];
	}
}

const isShown = ({ displayOptions }: INodeProperties, operation: string): boolean =>
	[displayOptions?.show?.operation].flat().includes(operation);

const cases = everyOperation.map(({ resource, operation, parameters }) => {
	const found = resources.find(({ option }) => option.value === resource);
	const fields = found ? buildProperties([found]).filter((field) => isShown(field, operation)) : [];
	return { resource, operation, parameters, fills: fields.flatMap((field) => places(field, parameters)) };
});

const world = useWorld({
	signedIn: true,
	limits: { maxAttempts: 1, requestTimeoutMs: 1_000, recheckDelaysMs: [1] },
	starts: 'beforeAll',
});
beforeAll(() => void (world.sendsAnything = true));

const pathsOf = () => new Set(world.uphance.log().map(({ method, path }) => `${method} ${path.replace(/\d+/g, 'N')}`));

/** What else an operation may ask for: signing in, and finding what somebody chose. */
const lookups = [
	'POST /oauth/token',
	'GET /organisations',
	'POST /organisations/set_current_org',
	...['customers', 'pick_tickets', 'products', 'sales_orders', 'skus'].map((list) => `GET /${list}`),
	'GET /customers/N',
	'GET /products/N',
	'PUT /pick_tickets/N', // tracking, before the ticket is marked as shipped
];

describe.each(cases)('$resource $operation', ({ parameters, fills }) => {
	test('sends hostile texts as values, or not at all', async () => {
		world.uphance.clearLog();
		await world.run({ parameters });
		const own = [...pathsOf()];
		const usual = new Set([...own, ...own.map((path) => path.replace('/N', '')), ...lookups]);

		const values = fills.flatMap((fill) => hostile.map((text) => fill(text)));
		for (const value of sampled(values, 3)) {
			world.uphance.clearLog();
			const filled = { ...parameters, ...value };
			await world.run({ parameters: filled }).catch((error: unknown) => {
				expect(Object(error)).toMatchObject({ message: expect.stringMatching(/^\S.{8,}/s) });
			});
			const unusual = [...pathsOf()].filter((each) => !usual.has(each));
			expect({ filled, unusual }).toEqual({ filled, unusual: [] });
			const names = world.uphance.log().flatMap(({ query }) => Object.keys(query));
			expect(names.filter((name) => name === 'per_page' || name === 'organizationId')).toEqual([]);
		}
	}, 120_000);
});
