import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../parameters/fields';
import { getBooleanParameter, parseText } from '../parameters/parse';
import type { RecordType } from '../transport/recordType';
import type { Row, RowModes } from './rows';
import { itemPerField, parseRowMode, showForWholeRecord } from './rows';
import { orNull } from './values';

/** Describes the output items that a record of a resource can become. */
export interface OutputConfig {
	/** Returns about ten flat fields. Undefined if the records of the resource have no more fields than that. */
	simplify?: (record: IDataObject) => IDataObject;
	/** Set if a record can be split into rows. */
	itemPer?: RowModes;
}

/** The parameters with which the user selects the output. */
interface OutputParameters {
	fields: INodeProperties[];
	/** Fields for the Options of the node. */
	options: INodeProperties[];
	/**
	 * Returns a function from a record to its output items. Returns undefined if records are not changed.
	 *
	 * @throws UserError if an expression returns a value that is not in the menu
	 */
	createMapper: (context: IExecuteFunctions, item: number) => ((record: IDataObject) => IDataObject[]) | undefined;
}

/**
 * Returns the parameters for the output of a resource, and the mapper that applies them.
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
	return {
		fields: [
			...(rowsField ? [rowsField] : []),
			...(simplify ? [rowsField ? showForWholeRecord(simplifySwitch) : simplifySwitch] : []),
		],
		options: simplify || itemPer ? [includeFields] : [],
		createMapper(context, item) {
			const per = rowsField && context.getNodeParameter(rowsField.name, item, rowsField.default);
			const rows =
				(itemPer && parseRowMode(itemPer, per)?.rows) ??
				(simplify && getBooleanParameter(context, simplifySwitch, item) ? simplifiedRow(simplify) : undefined);
			const names = rows ? parseIncludeFields(context.getNodeParameter('options', item, {})) : [];
			return rows && ((record) => rows(record).map((row) => addFields(names, row)));
		},
	};
}

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
