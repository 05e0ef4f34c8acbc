import type { IDataObject, IExecuteFunctions, INodeProperties, NodeExecutionHint } from 'n8n-workflow';
import { simplifyField } from '../parameters/fields';
import { getBooleanParameter, parseBoolean, parseText } from '../parameters/parse';
import type { UphanceClient } from '../transport/client';
import type { RecordType } from '../transport/recordType';
import type { Row, RowMode, RowModes } from './rows';
import { itemPerField, parseRowMode, showForWholeRecord } from './rows';
import { orNull } from './values';

/** Describes the output items that a record of a resource can become. */
export interface OutputConfig {
	/** Returns about ten flat fields. Undefined if the records of the resource have no more fields than that. */
	simplify?: (record: IDataObject) => IDataObject;
	/** Set if a record can be split into rows. */
	itemPer?: RowModes;
}

/** The output that the user selected. */
export interface SelectedOutput {
	/** Returns the items of a record. Undefined if records are not changed. */
	toItems?: (record: IDataObject) => IDataObject[];
	/** Set if records are split into rows. */
	rowMode?: RowMode;
	/** Fills in what the user wants to be looked up, or says that it can be. @throws NodeApiError if a request fails */
	complete(client: UphanceClient, items: IDataObject[]): Promise<void>;
}

/** The parameters with which the user selects the output. */
interface OutputParameters {
	fields: INodeProperties[];
	/** Fields for the Options of the node. */
	options: INodeProperties[];
	/** @throws UserError if an expression returns a value that is not in the menu */
	select: (context: IExecuteFunctions, item: number) => SelectedOutput;
}

/**
 * Returns the parameters for the output of a resource, and the function that reads them.
 *
 * @param isSimplified default of the Simplify switch
 * @param fieldOverrides merged into the field Return One Item Per
 */
export function outputParameters(
	recordType: RecordType,
	{ simplify, itemPer }: OutputConfig,
	isSimplified: boolean,
	fieldOverrides?: Pick<INodeProperties, 'description'>,
): OutputParameters {
	const rowsField = itemPer && itemPerField(recordType, itemPer, fieldOverrides);
	const simplifySwitch: INodeProperties = { ...simplifyField, default: isSimplified };
	const lookup = itemPer?.lookup;
	return {
		fields: [
			...(rowsField ? [rowsField] : []),
			...(simplify ? [rowsField ? showForWholeRecord(simplifySwitch) : simplifySwitch] : []),
		],
		options: [...(simplify || itemPer ? [includeFields] : []), ...(lookup ? [lookup.option] : [])],
		select(context, item) {
			const per = rowsField && context.getNodeParameter(rowsField.name, item, rowsField.default);
			const rowMode = itemPer && parseRowMode(itemPer, per);
			const rows =
				rowMode?.rows ??
				(simplify && getBooleanParameter(context, simplifySwitch, item) ? simplifiedRow(simplify) : undefined);
			const options = context.getNodeParameter('options', item, {});
			const toItems = rows && withFields(rows, parseIncludeFields(options));
			const rowLookup = rowMode === itemPer?.sku ? lookup : undefined;
			const isLookedUp = rowLookup && parseBoolean(rowLookup.option, options);
			return {
				rowMode,
				toItems,
				async complete(client, items) {
					if (isLookedUp) return await rowLookup.fillIn(client, items);
					// Who has added the switch and turned it off knows it.
					const message = rowLookup && !(rowLookup.option.name in options) && rowLookup.hint(items, recordType.plural);
					if (message) await showHintOnce(context, client, message, message);
				},
			};
		},
	};
}

/** Shows a hint below the output, once in an execution for each key. */
export const showHintOnce = async (
	context: IExecuteFunctions,
	client: UphanceClient,
	key: string,
	message: string,
	type?: NodeExecutionHint['type'],
): Promise<void> =>
	await client.cachedForExecution(
		key,
		async () => await Promise.resolve(context.addExecutionHints({ message, type, location: 'outputPane' })),
	);

const withFields = (rows: RowMode['rows'], names: string[]) => (record: IDataObject) =>
	rows(record).map((row) => addFields(names, row));

const simplifiedRow =
	(simplify: (record: IDataObject) => IDataObject) =>
	(record: IDataObject): Row[] => [{ json: simplify(record), sources: [record] }];

/** The option that adds fields to simplified records and to rows. */
export const includeFields: INodeProperties = {
	displayName: 'Also Return',
	name: 'includeFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. cancel_ship_date, line_items',
	description: "Other fields to keep when 'Simplify' is on, separated by commas, e.g. cancel_ship_date, line_items",
};

/**
 * Returns the names in the option Also Return, or [] if the user did not add it.
 *
 * @throws UserError if the expression of the option returns no single value
 */
export const parseIncludeFields = (options: IDataObject): string[] =>
	(includeFields.name in options ? parseText(includeFields.displayName, options[includeFields.name]) : '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');

/**
 * Returns the item of a row with further fields, as Uphance sends them. Takes each field from the first source that has
 * it. A field that no source has is null.
 */
export function addFields(names: string[], { json: item, sources }: Row): IDataObject {
	if (names.length === 0) return item;
	const missing = names.filter((name) => !Object.hasOwn(item, name));
	const valueOf = (name: string) => orNull(sources.find((source) => Object.hasOwn(source, name))?.[name]);
	return { ...item, ...Object.fromEntries(missing.map((name) => [name, valueOf(name)])) };
}
