import type { IDataObject } from 'n8n-workflow';
import { getProperty } from '../../http/json';
import { parseStatuses, statusesOf } from '../status';
import type { UphanceEvent } from './parseEvent';
import { hasOnlyId } from './parseEvent';
import type { Outcome } from './respond';

/** An option that lets records through by a name in them (docs/uphance.openapi.yaml: components). */
interface NameFilter {
	/** Name of the option. */
	option: string;
	label: string;
	/** Where the name is. */
	fields: string[];
	/** The resources whose records name it. */
	resources: string[];
}

const nameFilters: NameFilter[] = [
	{
		option: 'warehouses',
		label: 'Only When Warehouse Is',
		fields: ['warehouse', 'warehouse_name', 'warehouses'],
		resources: ['pick_ticket', 'sales_order', 'credit_note', 'production_order'],
	},
	{
		option: 'channels',
		label: 'Only When Channel Is',
		fields: ['channel', 'channel_name'],
		resources: ['pick_ticket', 'sales_order', 'invoice', 'customer'],
	},
];

type Ignored = Extract<Outcome, { kind: 'ignore' }>;

const ignored = (reason: string, level: Ignored['level'] = 'debug'): Ignored => ({ kind: 'ignore', reason, level });

/**
 * Returns why the record of an event does not start the workflow, or undefined if it may start it.
 *
 * @param options the values of the node's Options
 */
export function filterRecord(options: IDataObject, event: UphanceEvent): Ignored | undefined {
	for (const filter of nameFilters) {
		const reason = filterByName(filter, options[filter.option], event);
		if (reason) return reason;
	}
	const wanted = parseStatuses(options.status);
	const statuses = statusesOf(event.record);
	if (wanted.length === 0 || statuses.some((status) => wanted.includes(status))) return undefined;
	if (statuses.length > 0) return ignored(`its status is ${statuses.join(', ')}`);
	const reason = "it has no status for 'Only When Status Is'";
	return event.action === 'delete' ? ignored(reason) : ignored(reason + adviceFor(event), 'warn');
}

/**
 * A record of a kind that never names it starts the workflow: nothing tells it from the wanted ones, and the user has
 * selected its event. So does a deletion, which has an ID only.
 */
function filterByName(
	{ label, fields, resources }: NameFilter,
	option: unknown,
	event: UphanceEvent,
): Ignored | undefined {
	const wanted = normalizeNames(String(option ?? ''));
	if (wanted === ',') return undefined;
	const values = fields.filter((field) => field in event.record).map((field) => event.record[field]);
	if (values.length === 0) {
		const shouldNameIt = resources.includes(event.resource) && event.action !== 'delete';
		const reason = `it does not say what '${label}' asks for`;
		return shouldNameIt ? ignored(reason + adviceFor(event), 'warn') : undefined;
	}
	const names = values.flat().map((value) => toText(getProperty(value, 'name') ?? value));
	const isWanted = names.some((name) => normalizeNames(name) !== ',' && wanted.includes(normalizeNames(name)));
	return isWanted ? undefined : ignored(`'${label}' does not name ${names.join(', ')}`);
}

const adviceFor = ({ record }: UphanceEvent): string =>
	hasOnlyId(record) ? ", because it has only an id: turn on 'Verify With Uphance'" : '';

const toText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Returns comma-separated names in a form that can be compared, with a comma at both ends. So a list includes a name even
 * if the name has commas.
 */
function normalizeNames(text: string): string {
	const names = text
		.normalize('NFC')
		.replace(/[\s\u200B-\u200D\u2060\uFEFF]/g, '')
		.toLowerCase()
		.split(',')
		.filter((name) => name !== '');
	return [',', ...names.map((name) => `${name},`)].join('');
}
