import type { ErrorText } from '../http/failureText';
import type { RecordType } from './recordType';

/** Texts about lists that contradict themselves, so that nobody knows what they leave out. */

type ListNames = Pick<RecordType, 'plural'>;

const advice = 'Try again later; if it stays, tell the support of Uphance.';

export const endlessListError = ({ plural }: ListNames, number: number, nextPage: number): ErrorText => ({
	message: `Uphance named page ${nextPage} as the one after page ${number} when asked to list ${plural}`,
	description: `The list would never end, so it was not read on. ${advice}`,
});

export const nextPageError = ({ plural }: ListNames, number: number, named: unknown): ErrorText => ({
	message: `Uphance named '${shorten(typeof named === 'string' ? named : JSON.stringify(named))}' as the page after page ${number} when asked to list ${plural}`,
	description: `It is no number of a page, so it was not read on. ${advice}`,
});

export const wrongPageError = ({ plural }: ListNames, number: number, currentPage: number): ErrorText => ({
	message: `Uphance sent page ${currentPage} instead of page ${number} when asked to list ${plural}`,
	description: `The records of the other page would be missing, so none is returned. ${advice}`,
});

export const emptyPageError = ({ plural }: ListNames): ErrorText => ({
	message: `Uphance sent an empty page although there is more when asked to list ${plural}`,
	description: `It did so twice. The records of that page would be missing, so none is returned. ${advice}`,
});

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
