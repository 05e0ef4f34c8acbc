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
import type { ItemSubject } from './itemSubject';

/** One entry of the Operation menu: its look in the editor, and its work for one input item. */
export interface Operation {
	/** Name, value, action and description. */
	option: INodePropertyOptions;
	/** Without display rules for resource and operation: `buildProperties` adds them. */
	fields: INodeProperties[];
	/** Fields under Options, besides the organisation and Preview Only. */
	options?: INodeProperties[];
	/**
	 * Set if it creates or changes something that people see in Uphance. It then has the option Preview Only, and
	 * `executeItems` outputs failed items in another form.
	 */
	writes?: true;
	/** What an input item stands for, so that a message about one of many can name it. Set for all that write. */
	subject?: ItemSubject;
	/** Set if it belongs to the user and not to an organisation. It then has no option to select an organisation. */
	userScoped?: true;
	/**
	 * Runs the operation for one input item and returns the output of that item.
	 *
	 * @throws NodeApiError, NodeOperationError or UserError; `executeItems` adds the index of the item
	 */
	run(this: IExecuteFunctions, item: number, client: UphanceClient): Promise<IDataObject | IDataObject[]>;
}

/**
 * Fills a resource locator in the editor, page by page.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
	limits?: Limits,
) => Promise<INodeListSearchResult>;

/**
 * Fills a dropdown in the editor.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export type LoadOptions = (this: ILoadOptionsFunctions, limits?: Limits) => Promise<INodePropertyOptions[]>;

/** One entry of the Resource menu. */
export interface Resource {
	option: INodePropertyOptions;
	/** The records, for the triggers. Undefined if the resource has no records that a trigger can read. */
	records?: { recordType: RecordType; simplify?: (record: IDataObject) => IDataObject };
	/** Sorted by name, as n8n's lint prescribes for menus. */
	operations: Operation[];
	/** Methods by name. Fields of every resource may refer to them. */
	listSearch?: Record<string, ListSearch>;
	/** Methods by name. Fields of every resource may refer to them. */
	loadOptions?: Record<string, LoadOptions>;
}
