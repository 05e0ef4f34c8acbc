import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Filter } from '../../parameters/filters';
import { resources } from '../../resources';
import { byWarehouse } from '../../resources/pickTicket/warehouse';
import type { RecordKind } from '../../transport/recordType';

/** A list that the polling trigger watches. */
export interface Polled {
	option: INodePropertyOptions;
	kind: RecordKind;
	/** Whether the list can be asked for what came after an id (uphance-api.md 3.1); otherwise its end is read. */
	afterId: boolean;
	filters: Filter[];
	simplify?: (record: IDataObject) => IDataObject;
}

const warehouse: Filter = {
	...byWarehouse,
	field: { ...byWarehouse.field, description: 'Only pick tickets of this warehouse' },
};

/** By resource, with what is particular about polling it. */
const watched: Record<string, { afterId: boolean; filters?: Filter[] }> = {
	creditNote: { afterId: true },
	customer: { afterId: false },
	invoice: { afterId: true },
	order: { afterId: true },
	payment: { afterId: true },
	pickTicket: { afterId: true, filters: [warehouse] },
	productionOrder: { afterId: true },
	receivingTicket: { afterId: true },
	return: { afterId: false },
};

export const polled: Polled[] = resources.flatMap(({ option, records }) => {
	const { [String(option.value)]: how } = watched;
	return how && records ? [{ option, ...records, afterId: how.afterId, filters: how.filters ?? [] }] : [];
});
