import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { UphanceApi } from '../../credentials/UphanceApi.credentials.ts';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import { UphancePollingTrigger } from '../../nodes/Uphance/UphancePollingTrigger.node.ts';
import { UphanceTrigger } from '../../nodes/Uphance/UphanceTrigger.node.ts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import { order, simplifiedOrder } from '../../nodes/Uphance/resources/order/index.ts';
import { pollableLists } from '../../nodes/Uphance/triggers/polling/pollableLists.ts';
import { knownEvents } from '../../nodes/Uphance/triggers/webhook/events.ts';
import { surroundings } from '../n8n.mts';

const { description } = new Uphance();
const credential = new UphanceApi();
const folder = join(dirname(fileURLToPath(import.meta.url)), '../../nodes/Uphance');

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

const isField = (entry: Entry): entry is INodeProperties => 'type' in entry && 'default' in entry;

/** Every field, however deep, with the fields and choices in it. */
function fieldsIn(entries: Entry[]): INodeProperties[] {
	return entries.flatMap((entry) => {
		if (isField(entry)) return [entry, ...fieldsIn(entry.options ?? [])];
		return 'values' in entry ? fieldsIn(entry.values) : [];
	});
}

const nodeFields = fieldsIn(description.properties);
const triggers = [new UphanceTrigger().description, new UphancePollingTrigger().description];
const triggerFields = fieldsIn(triggers.flatMap(({ properties }) => properties));
const allFields = [...nodeFields, ...triggerFields, ...fieldsIn(credential.properties)];
const labelOf = (entry: Entry): string => ('displayName' in entry ? entry.displayName : entry.name);
const sorted = (labels: string[]) => [...labels].sort((one, other) => one.localeCompare(other, 'en'));

/** The fields that are shown for an operation, whatever else is chosen. */
const fieldsOf = (resource: string, operation: string) =>
	description.properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) && displayOptions.show.operation?.includes(operation),
	);

const operations = resources.flatMap(({ option, operations: all }) =>
	all.map((operation): [string, string] => [String(option.value), String(operation.option.value)]),
);

describe('Menus', () => {
	test('of five and more, and all that something is added from, are sorted by what people read', () => {
		const long = allFields.filter(
			({ name, type, options }) =>
				!['resource', 'triggerOn'].includes(name) && (type === 'collection' || (options?.length ?? 0) >= 5),
		);
		expect(long.map(({ name }) => name)).toContain('filters');
		for (const { options = [] } of long) expect(options.map(labelOf)).toEqual(sorted(options.map(labelOf)));
	});

	test('of resources begin with Sales Order and end with Access Token; the rest is sorted', () => {
		const { options = [] } = allFields.find(({ name }) => name === 'resource') ?? {};
		const between = options.map(labelOf).slice(1, -1);
		expect(options.map(labelOf)).toEqual(['Sales Order', ...sorted(between), 'Access Token']);
		const lists = (allFields.find(({ name }) => name === 'triggerOn')?.options ?? []).map(labelOf);
		expect(lists).toEqual(['Sales Order', ...sorted(lists.slice(1))]);
	});

	test('of operations are sorted, and each says what it does', () => {
		for (const { operations: all } of resources) {
			expect(all.map(({ option }) => option.name)).toEqual(sorted(all.map(({ option }) => option.name)));
			for (const { option } of all) {
				expect(option.action?.replace(/ (API|ID|SKUs?)\b/, '')).toMatch(/^[A-Z][^A-Z]*$/);
				expect(option.description).toMatch(/^[A-Z]/);
			}
		}
	});

	test('open with a value that is in them', () => {
		for (const { type, typeOptions, options = [], default: value } of nodeFields) {
			if (type !== 'options' || typeOptions?.loadOptionsMethod) continue;
			expect(options.map((option) => ('value' in option ? option.value : undefined))).toContain(value);
		}
	});
});

describe('Texts', () => {
	test('of switches begin with Whether', () => {
		const switches = allFields.filter(({ type }) => type === 'boolean');
		expect(switches.length).toBeGreaterThan(2);
		for (const field of switches) expect(field.description).toMatch(/^Whether /);
	});

	test('in empty fields are examples, those on buttons say Add', () => {
		const withPlaceholder = allFields.filter(({ placeholder }) => placeholder);
		expect(withPlaceholder.length).toBeGreaterThan(5);
		for (const { type, placeholder } of withPlaceholder) {
			expect(placeholder).toMatch(['collection', 'fixedCollection'].includes(type) ? /^Add [a-z]/ : /^e\.g\. \S/);
		}
	});

	test('of one sentence end without a period, those of several with one', () => {
		const choices = [...nodeFields, ...triggerFields].flatMap(({ options = [] }) =>
			options.filter((option) => !isField(option)),
		);
		const texts = [...allFields, ...choices].flatMap((entry) =>
			'description' in entry && entry.description ? [entry.description] : [],
		);
		expect(texts.length).toBeGreaterThan(8);
		for (const text of texts) {
			const hasSeveral = /[.!?] [A-Z]/.test(text);
			expect(text).toMatch(hasSeveral ? /\.$/ : /[^.]$/);
		}
	});

	test('avoid words that blame', () => {
		const texts = JSON.stringify([description, triggers, credential.properties]);
		// These two are n8n's own words for what a node does when something is missing.
		expect(texts.replaceAll(/"Stop With an Error"|"error"/g, '')).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
	});
});

describe('The text below a node on the canvas', () => {
	const subtitle = (type: INodeType, parameters: INodeParameters): unknown => {
		const { workflow, node } = surroundings({ data: {}, writes: 0 }, { parameters }, type);
		return workflow.expression.getSimpleParameterValue(node, type.description.subtitle, 'internal', {});
	};

	test.each(operations)('says in words what %s %s does', (resource, operation) => {
		const { option } =
			resources
				.find((each) => each.option.value === resource)
				?.operations.find((each) => each.option.value === operation) ?? {};
		expect(subtitle(new Uphance(), { resource, operation })).toBe(option?.action);
	});

	test('is the name of an operation that only a newer version knows', () => {
		expect(subtitle(new Uphance(), { resource: 'order', operation: 'cancel' })).toBe('cancel');
	});

	test.each([
		[{ events: ['pick_ticket_update', 'invoice_create'] }, 'Pick Ticket Updated, Invoice Created'],
		[{ events: ['*'] }, 'Any Event'],
		[{ events: [], otherEvents: 'style_update' }, 'style_update'],
	])('of the webhook trigger names the events of %j', (parameters, text) => {
		expect(subtitle(new UphanceTrigger(), parameters)).toBe(text);
	});

	test.each([
		[{ triggerOn: 'order', watchFor: 'created' }, 'New sales orders'],
		[{ triggerOn: 'pickTicket', watchFor: 'createdOrUpdated' }, 'New or changed pick tickets'],
	])('of the polling trigger says what %j watches', (parameters, text) => {
		expect(subtitle(new UphancePollingTrigger(), parameters)).toBe(text);
	});
});

describe('The list of nodes', () => {
	const trigger = new UphanceTrigger().description;

	test('tells the triggers apart in eight words each', () => {
		const texts = triggers.map((each) => each.description);
		expect(texts.map((text) => text.split(/\s+/).length)).toEqual([8, 8]);
		expect(texts[0]).toContain('at once');
		expect(texts[1]).toContain('Every few minutes');
	});

	test('shows actions of the polling trigger that say it starts with what is new', () => {
		const { options = [] } = triggerFields.find(({ name }) => name === 'triggerOn') ?? {};
		const actions = options.map((option) => ('action' in option ? option.action : undefined));
		expect(actions[0]).toBe('On new sales order');
		expect(actions.every((action) => action?.startsWith('On new '))).toBe(true);
	});

	test('leads from the events to the polling trigger for every list without a webhook', () => {
		const notice = trigger.properties.find(({ name }) => name === 'withoutWebhook');
		expect(notice).toMatchObject({ type: 'notice' });
		const text = notice?.displayName ?? '';
		expect(text).toContain(triggers[1]?.displayName);
		const events = knownEvents.map(({ value }) => String(value));
		for (const { option, recordType } of pollableLists) {
			const hasWebhook = events.some((event) => event.startsWith(`${recordType.singularKey}_`));
			expect([option.name, text.includes(recordType.plural)]).toEqual([option.name, !hasWebhook]);
		}
	});
});

describe('Names that workflows depend on', () => {
	test('are those of the package, the node and its menus', () => {
		expect(description.name).toBe('uphance');
		expect(description.credentials).toEqual([{ name: 'uphanceApi', required: true }]);
		expect(nodeFields.find(({ name }) => name === 'resource')).toMatchObject({
			default: 'order',
			noDataExpression: true,
		});
		expect(nodeFields.find(({ name }) => name === 'operation')).toMatchObject({ noDataExpression: true });
		expect(order.option).toMatchObject({ name: 'Sales Order', value: 'order' });
	});

	test('are those of Get Many of sales orders, with their defaults', () => {
		const fields = fieldsOf('order', 'getAll');
		expect(Object.fromEntries(fields.map(({ name, default: value }) => [name, value]))).toEqual({
			returnAll: false,
			limit: 50,
			newestFirst: true,
			itemPer: 'record',
			simplify: true,
			filters: {},
			options: {},
		});
		const inside = (name: string) => fieldsIn(fields.find((field) => field.name === name)?.options ?? []);
		expect(
			inside('filters')
				.map(({ name }) => name)
				.sort(),
		).toEqual([
			'by_order_number',
			'by_purchase_order_ref',
			'by_shipment_number',
			'createdAfter',
			'createdBefore',
			'since_id',
		]);
		expect(inside('filters').find(({ name }) => name === 'since_id')?.displayName).toBe('After ID');
		expect(inside('options').map(({ name }) => name)).toContain('organisationId');
	});

	test.each(['limit', 'newestFirst'])('%s is shown while Return All is off', (name) => {
		const field = fieldsOf('order', 'getAll').find((each) => each.name === name);
		expect(field?.displayOptions?.show?.returnAll).toEqual([false]);
	});

	test.each(operations)(
		'%s %s can run for another organisation, unless it belongs to the user',
		(resource, operation) => {
			const options = fieldsOf(resource, operation).find(({ name }) => name === 'options');
			const ofUser = resource === 'accessToken' || resource === 'organisation';
			expect(fieldsIn(options?.options ?? []).some(({ name }) => name === 'organisationId')).toBe(!ofUser);
		},
	);

	test.each(operations)('no two fields of %s %s share a name', (resource, operation) => {
		const names = fieldsOf(resource, operation).map(({ name }) => name);
		expect(names.length).toBeGreaterThan(0);
		expect(names).toEqual([...new Set(names)]);
		expect(names).not.toContain('resource');
		expect(names).not.toContain('operation');
	});

	test('every field belongs to an operation, a menu to its resource', () => {
		const shown = operations.flatMap(([resource, operation]) => fieldsOf(resource, operation));
		const menus = description.properties.filter(({ name }) => name === 'resource' || name === 'operation');
		expect(menus).toHaveLength(1 + resources.length);
		expect(new Set([...menus, ...shown])).toEqual(new Set(description.properties));
	});
});

describe('The triggers', () => {
	test.each([
		['uphanceTrigger', ['events', 'otherEvents', 'fetchRecord', 'options']],
		['uphancePollingTrigger', ['triggerOn', 'watchFor', 'simplify', 'filters', 'options']],
	])('%s has the fields that saved workflows hold', (name, fields) => {
		const trigger = triggers.find((each) => each.name === name);
		const own = trigger?.properties.filter(({ type }) => type !== 'notice').map((field) => field.name);
		expect([...new Set(own)]).toEqual(fields);
		expect(trigger).toMatchObject({ inputs: [], group: ['trigger'] });
		expect(trigger?.usableAsTool).toBeUndefined();
	});

	test('watch every list that can be polled', () => {
		const field = triggerFields.find(({ name }) => name === 'triggerOn');
		const values = (field?.options ?? []).map((option) => ('value' in option ? option.value : ''));
		expect([...values].sort()).toEqual([
			'creditNote',
			'customer',
			'invoice',
			'order',
			'payment',
			'pickTicket',
			'productionOrder',
			'receivingTicket',
			'return',
		]);
	});

	test('are asked for the credential only where the webhook fetches the record', () => {
		expect(triggers[0]?.credentials).toEqual([
			{ name: 'uphanceApi', required: true, displayOptions: { show: { fetchRecord: [true] } } },
		]);
		expect(triggerFields.find(({ name }) => name === 'fetchRecord')).toMatchObject({
			noDataExpression: true,
			default: false,
		});
	});
});

test('an AI agent can use the node', () => {
	expect(description.usableAsTool).toBe(true);
});

describe('What the editor shows before a first run', () => {
	const schemas = join(folder, '__schema__/v1.0.0');
	const files = readdirSync(schemas).flatMap((resource) =>
		readdirSync(join(schemas, resource)).map((file): [string, string] => [resource, file]),
	);

	test.each(files)('%s/%s belongs to an operation', (resource, file) => {
		expect(operations).toContainEqual([resource, file.replace(/\.json$/, '')]);
	});

	test('has the fields of a simplified order', () => {
		const schema = JSON.parse(readFileSync(join(schemas, 'order/getAll.json'), 'utf8'));
		expect(Object.keys(schema.properties)).toEqual(Object.keys(simplifiedOrder({})));
	});

	test('is there for every operation', () => {
		expect(files).toEqual(expect.arrayContaining(operations.map(([resource, name]) => [resource, `${name}.json`])));
	});
});

describe('The credential', () => {
	const field = (name: string) => credential.properties.find((each) => each.name === name);

	test('has the fields that saved credentials hold', () => {
		expect(credential.name).toBe('uphanceApi');
		expect(credential.displayName).toBe('Uphance API');
		const names = credential.properties.filter(({ type }) => type !== 'notice').map(({ name }) => name);
		expect(names).toEqual(['email', 'password', 'organisationId', 'apiUrl', 'expires_in', 'sessionToken']);
		expect(field('apiUrl')?.default).toBe('https://api.uphance.com');
	});

	test.each(['email', 'password', 'organisationId', 'expires_in', 'apiUrl'])('takes no expression in %s', (name) => {
		expect(field(name)?.noDataExpression).toBe(true);
	});

	test('hides and masks the session, and tells n8n that it ends', () => {
		expect(field('sessionToken')).toMatchObject({
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		});
		expect(field('password')?.typeOptions?.password).toBe(true);
	});

	test('has its functions as own properties, which n8n keeps when it copies it', () => {
		expect({ ...credential }).toMatchObject({
			authenticate: expect.any(Function),
			preAuthentication: expect.any(Function),
		});
	});

	test.each([...Object.values(credential.icon), ...Object.values(description.icon ?? {})])(
		'its icon %s exists',
		(icon) => {
			const file = String(icon).replace(/^file:/, '');
			const base = file.startsWith('../') ? join(folder, '../../credentials') : folder;
			expect(existsSync(join(base, file))).toBe(true);
		},
	);
});
