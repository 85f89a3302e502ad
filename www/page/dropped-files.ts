/**
 * The files of a drop, those inside dropped folders included. Of a folder only files with an image type count, so that
 * a `.DS_Store` or a `notes.txt` next to the frames is not reported one by one.
 *
 * Must be called inside the drop event: the list of a DataTransfer is empty afterwards.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const pending = Array.from(transfer.items, (item) => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) return imagesOfFolder(entry as FileSystemDirectoryEntry);
    const file = item.getAsFile();
    return Promise.resolve(file === null ? [] : [file]);
  });
  return (await Promise.all(pending)).flat();
}

async function imagesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const found: File[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory) found.push(...(await imagesOfFolder(entry as FileSystemDirectoryEntry)));
    else found.push(await fileOf(entry as FileSystemFileEntry));
  }
  return found.filter((file) => file.type.startsWith("image/"));
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
