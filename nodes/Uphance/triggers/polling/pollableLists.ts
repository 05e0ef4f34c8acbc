import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Filter } from '../../parameters/filters';
import { resources } from '../../resources';
import { byWarehouse } from '../../resources/pickTicket/pickTicket';
import type { RecordType } from '../../transport/recordType';

/** A list that the polling trigger watches. */
export interface PollableList {
	option: INodePropertyOptions;
	recordType: RecordType;
	/** Whether the list can be asked for what came after an id (uphance-api.md 3.1); otherwise its end is read. */
	supportsSinceId: boolean;
	filters: Filter[];
	simplify?: (record: IDataObject) => IDataObject;
}

const warehouse: Filter = {
	...byWarehouse,
	field: { ...byWarehouse.field, description: 'Only pick tickets of this warehouse' },
};

/** By resource, with what is particular about polling it. */
const pollSettings: Record<string, { supportsSinceId: boolean; filters?: Filter[] }> = {
	creditNote: { supportsSinceId: true },
	customer: { supportsSinceId: false },
	invoice: { supportsSinceId: true },
	order: { supportsSinceId: true },
	payment: { supportsSinceId: true },
	pickTicket: { supportsSinceId: true, filters: [warehouse] },
	productionOrder: { supportsSinceId: true },
	receivingTicket: { supportsSinceId: true },
	return: { supportsSinceId: false },
};

export const pollableLists: PollableList[] = resources.flatMap(({ option, records }) => {
	const { [String(option.value)]: settings } = pollSettings;
	return settings && records
		? [{ option, ...records, supportsSinceId: settings.supportsSinceId, filters: settings.filters ?? [] }]
		: [];
});
