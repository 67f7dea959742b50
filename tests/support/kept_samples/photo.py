from register_fixtures import new_version
from sync_device import photo

from kept_samples.sample import Sample


def write(register):
    id_ = register.photos.take(photo(40_021)).id
    shown = {"name": "写真の公園", "photos": [{"id": id_, "caption": "入口"}]}
    register.save(new_version("kept-photo", shown))
    return id_


def read(register, id_):
    return register.photos.load(id_)


SAMPLE = Sample(write=write, read=read, mark=read, addresses=lambda id_: (f"/photos/{id_}.jpg",))
