import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Filter } from '../../parameters/filters';
import { resources } from '../../resources';
import { byWarehouse } from '../../resources/pickTicket/pickTicket';
import type { RecordType } from '../../transport/recordType';

/** A list that the polling trigger can watch. */
export interface PollableList {
	option: INodePropertyOptions;
	recordType: RecordType;
	/** True if the list has the filter `since_id` (docs/uphance.openapi.yaml). If not, a poll reads the end of the list. */
	supportsSinceId: boolean;
	filters: Filter[];
	simplify?: (record: IDataObject) => IDataObject;
}

const warehouse: Filter = {
	...byWarehouse,
	field: { ...byWarehouse.field, description: 'Watch only pick tickets of this warehouse' },
};

/** Settings by resource. Resources that are not in it cannot be polled. */
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

/** The lists that the polling trigger can watch, in the order of the Resource menu. */
export const pollableLists: PollableList[] = resources.flatMap(({ option, records }) => {
	const { [String(option.value)]: settings } = pollSettings;
	return settings && records
		? [{ option, ...records, supportsSinceId: settings.supportsSinceId, filters: settings.filters ?? [] }]
		: [];
});
