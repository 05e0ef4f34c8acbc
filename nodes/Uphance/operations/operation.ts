import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Limits } from '../http/limits';
import type { UphanceClient } from '../transport/client';
import type { RecordType } from '../transport/recordType';

/** One entry of the Operation menu: how it looks in the editor and what it does for one input item. */
export interface Operation {
	/** Name, value, action and description. */
	option: INodePropertyOptions;
	/** Without display rules for resource and operation: they are added centrally. */
	fields: INodeProperties[];
	/** What can be added under Options, beside the organisation. */
	options?: INodeProperties[];
	/** It changes something at Uphance: its failed items carry their failure so that Retry On Fail does not run the others again. */
	writes?: true;
	/** It belongs to the user and not to an organisation, so there is none to choose. */
	userScoped?: true;
	/** @throws in the user's words; the item loop adds which item it was */
	run(this: IExecuteFunctions, item: number, client: UphanceClient): Promise<IDataObject | IDataObject[]>;
}

/** What the editor shows while somebody chooses a record, page by page. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
	limits?: Limits,
) => Promise<INodeListSearchResult>;

/** What the editor shows in a dropdown. */
export type LoadOptions = (this: ILoadOptionsFunctions, limits?: Limits) => Promise<INodePropertyOptions[]>;

/** One entry of the Resource menu. */
export interface Resource {
	option: INodePropertyOptions;
	/** What its records are, for triggers: polling lists them, Verify With Uphance gets one. */
	records?: { recordType: RecordType; simplify?: (record: IDataObject) => IDataObject };
	/** In menu order: by name, as n8n wants it. */
	operations: Operation[];
	/** By the name that fields of any resource refer to. */
	listSearch?: Record<string, ListSearch>;
	loadOptions?: Record<string, LoadOptions>;
}
