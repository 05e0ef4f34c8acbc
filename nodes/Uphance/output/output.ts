import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../parameters/fields';
import { getBooleanParameter, parseText } from '../parameters/parse';
import type { RecordType } from '../transport/recordType';
import type { Row, RowModes } from './rows';
import { itemPerField, parseRowMode, showForWholeRecord } from './rows';
import { orNull } from './values';

/** What the records of a resource can be made into. */
export interface OutputConfig {
	/** Ten flat fields worth showing; left out for records that have no more than ten (design 2). */
	simplify?: (record: IDataObject) => IDataObject;
	/** For records with lines, or colors, and sizes. */
	itemPer?: RowModes;
}

interface OutputParameters {
	fields: INodeProperties[];
	options: INodeProperties[];
	/** Undefined for records as they are. @throws UserError for an expression that yields no choice */
	createMapper: (context: IExecuteFunctions, item: number) => ((record: IDataObject) => IDataObject[]) | undefined;
}

/** How the user chooses what comes out of one record, and what that is. @param fieldOverrides what the editor says about rows */
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

export const includeFields: INodeProperties = {
	displayName: 'Also Return',
	name: 'includeFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. cancel_ship_date, line_items',
	description: "Further fields to keep when 'Simplify' is on, separated by commas, e.g. cancel_ship_date, line_items",
};

/** The names of further fields. @throws UserError when the expression of the option yields nothing, or a list */
export const parseIncludeFields = (options: IDataObject): string[] =>
	(includeFields.name in options ? parseText(includeFields.displayName, options[includeFields.name]) : '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');

/** A row with further fields as Uphance sends them, from where they are found first; null where they are not. */
export function addFields(names: string[], { json: item, sources: from }: Row): IDataObject {
	if (names.length === 0) return item;
	const missing = names.filter((name) => !Object.hasOwn(item, name));
	const valueOf = (name: string) => orNull(from.find((each) => Object.hasOwn(each, name))?.[name]);
	return { ...item, ...Object.fromEntries(missing.map((name) => [name, valueOf(name)])) };
}
