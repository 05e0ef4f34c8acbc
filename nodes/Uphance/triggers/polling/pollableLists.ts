import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Filter } from '../../parameters/filters';
import { resources } from '../../resources';
import { byWarehouse } from '../../resources/pickTicket/pickTicket';
import type { RecordType } from '../../transport/recordType';

/** What the polling trigger must know about a list (docs/uphance.openapi.yaml). */
interface PollSettings {
	filters: Filter[];
	/** The statuses that are known, as a sentence says them. Undefined if the records have no status. */
	knownStatuses?: string;
	/** Fields that other records change, so that `updated_at` may stay as it is. */
	comparedFields: string[];
	/** Fields that a record without `updated_at` is not compared by. */
	ignoredFields: string[];
}

/** A list that the polling trigger can watch. */
export interface PollableList extends PollSettings {
	option: INodePropertyOptions;
	recordType: RecordType;
	simplify?: (record: IDataObject) => IDataObject;
}

const warehouse: Filter = {
	...byWarehouse,
	field: { ...byWarehouse.field, description: 'Watch only pick tickets of this warehouse' },
};

/** Settings by resource. Resources that are not in it cannot be polled. */
const pollSettings: Record<string, Partial<PollSettings>> = {
	creditNote: { comparedFields: ['amount_outstanding'] },
	customer: {
		// They change with every order and invoice of the customer, which have lists of their own.
		ignoredFields: ['orders_count', 'last_order', 'outstanding_amounts', 'purchase_amounts', 'invoices'],
	},
	invoice: { comparedFields: ['amount_outstanding'] },
	order: {
		knownStatuses: 'draft, confirmed, not_shipped, shipped, not_paid and paid',
		comparedFields: ['status', 'fulfillment_status', 'financial_status'],
	},
	payment: {},
	pickTicket: {
		filters: [warehouse],
		knownStatuses: 'shipped',
		comparedFields: ['status', 'tracking_number', 'carrier'],
	},
	productionOrder: {
		knownStatuses: 'Confirmed, Complete, Receiving, All Received and Not Paid',
		comparedFields: ['status', 'delivery_status', 'financial_status'],
	},
	receivingTicket: { knownStatuses: 'checked in', comparedFields: ['status'] },
	return: { comparedFields: ['tracking_number', 'carrier'] },
};

const defaults: PollSettings = { filters: [], comparedFields: [], ignoredFields: [] };

/** The lists that the polling trigger can watch, in the order of the Resource menu. */
export const pollableLists: PollableList[] = resources.flatMap(({ option, records }) => {
	const { [String(option.value)]: settings } = pollSettings;
	return settings && records ? [{ option, ...records, ...defaults, ...settings }] : [];
});

/** @throws UserError if this version does not have the list, e.g. in a workflow made with a newer version */
export function findPollableList(triggerOn: unknown): PollableList {
	const list = pollableLists.find(({ option }) => option.value === triggerOn);
	if (list) return list;
	throw new UserError(`This version of the node does not know '${String(triggerOn)}'`, {
		description: "Choose 'Trigger On' again, or install the newest version of n8n-nodes-uphance.",
	});
}
