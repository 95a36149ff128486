#!/bin/sh
# 备份数据库：deploy/backup.sh 目录 [保留天数]。需要 DATABASE_URL；密钥不在备份里，另外保管。
set -eu
folder=${1:?用法：backup.sh 目录 [保留天数]}
days=${2:-14}
: "${DATABASE_URL:?没有 DATABASE_URL}"
umask 077
mkdir -p "$folder"
name="$folder/zhtj-$(date +%Y-%m-%d-%H%M).dump"
pg_dump --format=custom --file="$name.part" "$DATABASE_URL"
pg_restore --list "$name.part" > /dev/null    # 读得出来才算数
mv "$name.part" "$name"
find "$folder" -name 'zhtj-*.dump' -mtime "+$days" -delete
find "$folder" -name 'zhtj-*.part' -mtime +1 -delete
echo "$name $(du -h "$name" | cut -f1)"
