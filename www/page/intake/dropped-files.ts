import type { Incoming } from "../model/image-list.ts";

/**
 * The files of a drop, those inside dropped folders included, with their paths.
 *
 * Must be called inside the drop event: the list of a DataTransfer is empty afterwards.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<Incoming[]> {
  const pending = Array.from(transfer.items, (item) => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) return filesOfFolder(entry as FileSystemDirectoryEntry);
    const file = item.getAsFile();
    return Promise.resolve(file === null ? [] : [{ path: file.name, file }]);
  });
  return (await Promise.all(pending)).flat();
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<Incoming[]> {
  const found: Incoming[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory) found.push(...(await filesOfFolder(entry as FileSystemDirectoryEntry)));
    else found.push({ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry as FileSystemFileEntry) });
  }
  return found;
}

/** One `readEntries` call gives a part only (100 in Chromium): it is called until it gives none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
