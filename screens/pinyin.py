"""How the names of commands and lists are typed in pinyin, without a library that takes long.

The table is written by `tests/screens/pinyin_table.py`; a test holds it against the names.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, product

_TABLE = """\
an 安
ban 办
bang 帮
bao 保报
ben 本
bi 比
bian 编
biao 标表
bie 别
bing 并
bu 不步部
cai 采
cao 操
cha 差查
chao 超
che 撤
cheng 成程
chong 重
chu 出除
ci 次此
cui 催
cun 存
da 打答
dai 待
dan 单
dao 到导
de 的
deng 登
dian 点
diao 调
ding 定
du 度督读
dui 对
fa 发
fan 反返
fang 访
fu 复
gai 改
gao 告稿高
ge 个格
geng 更
gong 工
guan 关
guo 过
han 函
hao 号
he 合核
huan 换环缓
hui 回恢
ji 级继计记
jia 加
jian 件键
jiao 交
jie 截结节
jin 今进
jing 经警
ju 据
kai 开
kan 看
kong 空
kui 馈
lan 栏
lei 类
li 例理
lian 联
liang 两量
lie 列
ling 令领
lu 录
lv 屡
me 么
mian 免面
ming 名命明
mu 目
na 纳
nei 内
ni 拟
pai 排
pan 判
pi 批
qi 其期
qian 浅签
qing 情清请
qiu 求
qu 去取
quan 全
ren 人任
ri 日
rong 容
ru 入
san 三
se 色
shai 筛
shan 删
shang 上
she 设
shen 什深申
shi 事时示
shou 受收
shu 书数束
shuo 说
song 送
su 诉
suan 算
ta 他
tai 台
tan 弹谈
ti 提题
tian 填天添
tiao 调
ting 停
tong 同通
tou 头
tui 推退
wan 完
wei 为位未
wen 文问
wo 我
wu 务
xia 下
xian 现限
xiang 详象项
xiao 消销
xie 协
xin 新
xing 姓行醒
xu 序续
xuan 选
yan 延研颜
yang 样
yi 一以依已异意移议
yin 隐
yu 与予预
yue 月约阅
zan 暂
zeng 增
zhan 展
zhang 账
zhao 找
zheng 整正证
zhi 制只指止
zhong 终重
zhu 助
zhuan 转
zuo 佐作
"""
# A name with many characters of several readings is not spelled in more ways than this.
_MOST = 8


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.splitlines():
        syllable, _, chars = line.partition(" ")
        for char in chars:
            found[char] = (*found.get(char, ()), syllable)
    return found


@cache
def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the ways a name is spelled, one syllable a character; others stand as they are."""
    known = _readings()
    parts = [known.get(char, (char.casefold(),)) for char in text if char.isalnum()]
    return tuple(islice(product(*parts), _MOST))


def score(typed: str, text: str) -> float:
    """Say how well letters fit a name: by its initials, by whole syllables, or by a mixture.

    0 is no fit; the beginning of the name fits better than a part inside.
    """
    letters = "".join(typed.casefold().split())
    if not letters.isascii() or not letters:
        return 0.0
    best = 0.0
    for spelled in spellings(text):
        for start in range(len(spelled)):
            if _fits(letters, spelled[start:]):
                best = max(best, 0.9 if start == 0 else 0.7)
    return best


def _fits(letters: str, syllables: tuple[str, ...]) -> bool:
    """Whether letters are the beginnings of syllables, one after the other."""
    if not letters:
        return True
    if not syllables:
        return False
    first, rest = syllables[0], syllables[1:]
    longest = 0
    while longest < min(len(first), len(letters)) and first[longest] == letters[longest]:
        longest += 1
    return any(_fits(letters[taken:], rest) for taken in range(longest, 0, -1))
