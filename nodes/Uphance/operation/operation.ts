import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Connection } from '../transport/connection';

/** One entry of the Operation menu: how it looks in the editor and what it does for one input item. */
export interface Operation {
	/** Name, value, action and description. */
	option: INodePropertyOptions;
	/** Without display rules for resource and operation: they are added centrally. */
	fields: INodeProperties[];
	/** @throws in the user's words; the item loop adds which item it was */
	run(this: IExecuteFunctions, item: number, uphance: Connection): Promise<IDataObject | IDataObject[]>;
}

/** One entry of the Resource menu. */
export interface Resource {
	option: INodePropertyOptions;
	/** In menu order: by name, as n8n wants it. */
	operations: Operation[];
}
